import { defineService } from '@bookinfo/service-kit';
import { DetailsModule } from './details.module.js';
import { settingsSchema } from './settings.js';

export const details = defineService({ app: 'details', settings: settingsSchema, module: DetailsModule });

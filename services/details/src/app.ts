import { defineService } from '@bookinfo/service-kit';
import { DetailsModule } from './details.module.js';
import { detailsSettings } from './settings.js';

export const details = defineService({ app: 'details', settings: detailsSettings, module: DetailsModule });

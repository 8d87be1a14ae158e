import { runService } from '@bookinfo/service-kit';
import { details } from './app.js';

void runService(details);

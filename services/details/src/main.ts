import { runService } from '@bookinfo/service-kit';
import { details } from './service.js';

void runService(details);

import { runService } from '@bookinfo/service-kit';
import { reviews } from './service.js';

void runService(reviews);

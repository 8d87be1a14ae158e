import { runService } from '@bookinfo/service-kit';
import { reviews } from './app.js';

void runService(reviews);

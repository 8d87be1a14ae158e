import { runService } from '@bookinfo/service-kit';
import { reviews } from './service.js';

await runService(reviews);

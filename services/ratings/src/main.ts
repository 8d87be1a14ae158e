import { runService } from '@bookinfo/service-kit';
import { ratings } from './service.js';

await runService(ratings);

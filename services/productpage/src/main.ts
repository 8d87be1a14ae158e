import { runService } from '@bookinfo/service-kit';
import { productpage } from './service.js';

await runService(productpage);

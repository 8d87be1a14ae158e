import { runService } from '@bookinfo/service-kit';
import { productpage } from './service.js';

void runService(productpage);

import { runService } from '@bookinfo/service-kit';
import { productpage } from './app.js';

void runService(productpage);

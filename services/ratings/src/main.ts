import { runService } from '@bookinfo/service-kit';
import { ratings } from './service.js';

void runService(ratings);

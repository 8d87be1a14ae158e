import { runService } from '@bookinfo/service-kit';
import { ratings } from './app.js';

void runService(ratings);

import type { Logger } from '@bookinfo/service-kit';
import { readsDatabase, type Settings } from '../settings.js';
import { DatabaseStore } from './database-store.js';
import { MemoryStore } from './memory-store.js';
import type { RatingsStore } from './ratings-store.js';

/** Drivers are loaded by need: they would double the time and memory that v1 takes. */
export async function createStore(settings: Settings, logger: Logger): Promise<RatingsStore> {
  if (!readsDatabase(settings)) return new MemoryStore();
  const database =
    settings.DB_TYPE === 'mysql'
      ? (await import('./mysql.js')).mysql(settings)
      : (await import('./mongodb.js')).mongodb(settings);
  return new DatabaseStore(settings.DB_TYPE, database, logger);
}

import type { Clock, Logger } from '@bookinfo/service-kit';
import { readsDatabase, type Settings } from '../settings.js';
import { DatabaseStore } from './database.store.js';
import { MemoryStore } from './memory.store.js';
import type { RatingsStore } from './ratings.store.js';

/** Creates the version's store. Only v2 loads a database driver: it would double the start time and memory of v1. */
export async function createStore(settings: Settings, logger: Logger, clock: Clock): Promise<RatingsStore> {
  if (!readsDatabase(settings)) return new MemoryStore();
  const database =
    settings.DB_TYPE === 'mysql'
      ? (await import('./mysql.js')).mysql(settings)
      : (await import('./mongodb.js')).mongodb(settings);
  return new DatabaseStore(settings.DB_TYPE, database, logger, clock);
}

import { SettingsError } from '@bookinfo/service-kit';
import { MongoClient } from 'mongodb';
import type { Settings } from '../settings.js';
import { type Database, DRIVER_TIMEOUT_MS } from './database.js';

/**
 * Creates a MongoDB database, which connects at the first read.
 *
 * @throws {SettingsError} when the driver can't parse MONGO_DB_URL
 */
export function mongodb(settings: Settings): Database {
  const client = createClient(settings.MONGO_DB_URL);
  return {
    async firstTwo() {
      // Without this call, a client whose first attempt failed never tries again. On a connected client it has no effect.
      await client.connect();
      const documents = await client.db('test').collection('ratings').find({}, { limit: 2 }).toArray();
      return documents.map((document) => document['rating'] as unknown);
    },
    close: () => client.close(),
  };
}

function createClient(url: string): MongoClient {
  try {
    return new MongoClient(url, {
      serverSelectionTimeoutMS: DRIVER_TIMEOUT_MS,
      connectTimeoutMS: DRIVER_TIMEOUT_MS,
      socketTimeoutMS: DRIVER_TIMEOUT_MS,
      waitQueueTimeoutMS: DRIVER_TIMEOUT_MS,
    });
  } catch (cause) {
    throw new SettingsError(`wrong settings:\n  MONGO_DB_URL: ${(cause as Error).message}`, { cause });
  }
}

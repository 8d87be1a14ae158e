import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import { isInstalled } from './needs.js';
import { freePort } from '@bookinfo/effects';
import { ServerProcess } from './server-process.js';

const FOLDER = join(import.meta.dirname, 'mongo-server');

export const MONGODB = {
  name: 'mongo-java-server',
  installed: existsSync(join(FOLDER, 'lib')) && isInstalled('java') && isInstalled('javac'),
};

/** Starts an in-memory server with MongoDB's protocol. It loses its data when killed, and has no users. */
export async function createMongodb() {
  const port = await freePort();
  const url = `mongodb://127.0.0.1:${port}/test`;
  const withDatabase = async (work: (database: Db) => Promise<unknown>) => {
    await using client = new MongoClient(url, { serverSelectionTimeoutMS: 1000 });
    await work(client.db('test'));
  };
  const server = new ServerProcess(
    'java',
    ['-cp', join(FOLDER, 'lib', '*'), join(FOLDER, 'MongoServerForTests.java'), '127.0.0.1', String(port)],
    () => withDatabase((database) => database.command({ ping: 1 })),
  );
  await server.start();
  return {
    port,
    /** The environment of a ratings that uses it. */
    env: { SERVICE_VERSION: 'v2', MONGO_DB_URL: url },
    /** Replaces all ratings by these. */
    fill: (...ratings: unknown[]) =>
      withDatabase(async (database) => {
        await database.dropDatabase();
        if (ratings.length > 0)
          await database.collection('ratings').insertMany(ratings.map((rating) => ({ rating })));
      }),
    start: () => server.start(),
    kill: () => server.kill(),
    [Symbol.asyncDispose]: () => server.kill(),
  };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import { has } from './needs.js';
import { freePort, ServerProcess } from './server-process.js';

const FOLDER = join(import.meta.dirname, 'mongo-server');

export const MONGODB = {
  name: 'mongo-java-server',
  installed: existsSync(join(FOLDER, 'lib')) && has('java') && has('javac'),
};

/** A server in memory that speaks MongoDB's protocol. It forgets all when killed, and knows no users. */
export async function createMongodb() {
  const port = await freePort();
  const url = `mongodb://127.0.0.1:${port}/test`;
  const withDatabase = async (work: (database: Db) => Promise<unknown>) => {
    await using client = new MongoClient(url, { serverSelectionTimeoutMS: 1000 });
    await work(client.db('test'));
  };
  const server = new ServerProcess(
    'java',
    ['-cp', join(FOLDER, 'lib', '*'), join(FOLDER, 'MongoServerForTests.java'), String(port)],
    () => withDatabase((database) => database.command({ ping: 1 })),
  );
  await server.start();
  return {
    port,
    /** What ratings needs to know of it. */
    env: { SERVICE_VERSION: 'v2', MONGO_DB_URL: url },
    /** Puts these ratings in place of any others. */
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

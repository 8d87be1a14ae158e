import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { isInstalled } from './needs.js';
import { freePort } from '@bookinfo/effects';
import { ServerProcess } from './server-process.js';

export const MARIADB = {
  name: 'MariaDB',
  installed: isInstalled('mariadbd') && isInstalled('mariadb-install-db'),
};

const USER = 'ratings';
const PASSWORD = 'open sesame';

/** Starts a MariaDB with files in a temporary folder, an account `ratings` and an empty database `test`. */
export async function createMariadb() {
  const folder = mkdtempSync(join(tmpdir(), 'bookinfo-mariadb-'));
  const socketPath = join(folder, 'socket');
  const port = await freePort();
  // Without --user it refuses to run as root.
  const common = ['--no-defaults', `--datadir=${folder}/data`, `--user=${userInfo().username}`];
  execFileSync(
    'mariadb-install-db',
    [...common, '--auth-root-authentication-method=normal', '--skip-test-db'],
    {
      stdio: 'pipe',
    },
  );
  const run = async (...statements: string[]) => {
    const connection = await createConnection({ socketPath, user: 'root' });
    try {
      for (const statement of statements) await connection.query(statement);
    } finally {
      await connection.end();
    }
  };
  const server = new ServerProcess(
    'mariadbd',
    [...common, `--socket=${socketPath}`, `--port=${port}`, '--bind-address=127.0.0.1'],
    run,
  );
  await server.start();
  await run(
    `CREATE USER '${USER}'@'%' IDENTIFIED BY '${PASSWORD}'`,
    `GRANT ALL ON test.* TO '${USER}'@'%'`,
    'CREATE DATABASE test',
  );
  return {
    /** The environment of a ratings that uses it. */
    env: {
      SERVICE_VERSION: 'v2-mysql',
      DB_TYPE: 'mysql',
      MYSQL_DB_HOST: '127.0.0.1',
      MYSQL_DB_PORT: String(port),
      MYSQL_DB_USER: USER,
      MYSQL_DB_PASSWORD: PASSWORD,
    },
    /** Runs SQL as root. */
    run,
    /** Locks a table until the lock is disposed of. */
    async lock(table: string): Promise<AsyncDisposable> {
      const connection = await createConnection({ socketPath, user: 'root' });
      await connection.query(`LOCK TABLES ${table} WRITE`);
      return { [Symbol.asyncDispose]: () => connection.end() };
    },
    start: () => server.start(),
    kill: () => server.kill(),
    async [Symbol.asyncDispose]() {
      await server.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

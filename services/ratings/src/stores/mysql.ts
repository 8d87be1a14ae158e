import { createPool, type RowDataPacket } from 'mysql2/promise';
import type { Settings } from '../settings.js';
import { type Database, DRIVER_TIMEOUT_MS } from './database.js';

/** Creates a MySQL or MariaDB database, which connects at the first read. */
export function mysql(settings: Settings): Database {
  const pool = createPool({
    host: settings.MYSQL_DB_HOST,
    port: settings.MYSQL_DB_PORT,
    user: settings.MYSQL_DB_USER,
    password: settings.MYSQL_DB_PASSWORD ?? '',
    database: 'test',
    connectTimeout: DRIVER_TIMEOUT_MS,
    // A request that timed out stays in the queue of an unresponsive database.
    queueLimit: 100,
  });
  return {
    async firstTwo() {
      const connection = await pool.getConnection();
      try {
        const [rows] = await connection.query<RowDataPacket[]>({
          sql: 'SELECT Rating FROM ratings LIMIT 2',
          timeout: DRIVER_TIMEOUT_MS,
        });
        connection.release();
        return rows.map((row) => row['Rating']);
      } catch (error) {
        // After a timeout the result of this query would arrive as that of the next one.
        connection.destroy();
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

import { createPool, type RowDataPacket } from 'mysql2/promise';
import type { Settings } from '../settings.js';
import { type Database, DRIVER_TIMEOUT_MS } from './database.js';

/** Connects when first asked. */
export function mysql(settings: Settings): Database {
  const pool = createPool({
    host: settings.MYSQL_DB_HOST,
    port: settings.MYSQL_DB_PORT,
    user: settings.MYSQL_DB_USER,
    password: settings.MYSQL_DB_PASSWORD ?? '',
    database: 'test',
    connectTimeout: DRIVER_TIMEOUT_MS,
    // Callers give up on a database that hangs, their places in the queue don't.
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
        // One that timed out still waits for its answer, which would be taken for the next query's.
        connection.destroy();
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

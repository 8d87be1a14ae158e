import { startTestService } from '@bookinfo/service-kit/testing';
import { expect, test } from 'vitest';
import { ratings } from './app.js';

const refusal = (env: Record<string, string>) =>
  startTestService(ratings, env).then(
    () => 'started',
    (error: Error) => `${error.name}: ${error.message}`,
  );

test.each(['v3', 'v1-beta', 'v-broken', 'v20', 'v2-', 'faulty'])(
  'SERVICE_VERSION=%s is refused',
  async (version) => {
    expect(await refusal({ SERVICE_VERSION: version })).toBe(
      `SettingsError: wrong settings:\n  SERVICE_VERSION: "${version}" is not one of v1, v2 (or v2-…), v-faulty, v-delayed, v-unavailable, v-unhealthy`,
    );
  },
);

test('settings of a database that are missing are all named at once, beside wrong ones', async () => {
  expect(
    await refusal({ SERVICE_VERSION: 'v2-mysql', DB_TYPE: 'mysql', MYSQL_DB_PORT: 'x', PORT: 'y' }),
  ).toBe(
    [
      'SettingsError: wrong settings:',
      '  PORT: "y" is not a whole number from 0 to 65535',
      '  MYSQL_DB_PORT: "x" is not a whole number from 1 to 65535',
      '  MYSQL_DB_HOST: is not set; v2-mysql with DB_TYPE=mysql needs it',
      '  MYSQL_DB_USER: is not set; v2-mysql with DB_TYPE=mysql needs it',
      '  MYSQL_DB_PASSWORD: is not set; v2-mysql with DB_TYPE=mysql needs it',
    ].join('\n'),
  );
});

test('a password may be empty, but it has to be set', async () => {
  const env = { SERVICE_VERSION: 'v2-mysql', DB_TYPE: 'mysql', MYSQL_DB_HOST: 'db', MYSQL_DB_USER: 'root' };
  expect(await refusal({ ...env, MYSQL_DB_PASSWORD: '' })).toBe('started');
  expect(await refusal(env)).toContain('MYSQL_DB_PASSWORD: is not set');
});

test('v2 without DB_TYPE needs MONGO_DB_URL', async () => {
  expect(await refusal({ SERVICE_VERSION: 'v2' })).toBe(
    'SettingsError: wrong settings:\n  MONGO_DB_URL: is not set; v2 with DB_TYPE=mongodb needs it',
  );
});

test('another DB_TYPE is refused', async () => {
  expect(await refusal({ SERVICE_VERSION: 'v2', DB_TYPE: 'oracle' })).toBe(
    'SettingsError: wrong settings:\n  DB_TYPE: "oracle" is not one of mongodb, mysql',
  );
});

test.each([
  ['http://user:pa55word@host', 'the value given is not a mongodb:// or mongodb+srv:// URL'],
  ['mongodb://user:pa55word@/test', ''],
  ['mongodb://user:pa55word@host:x/test', ''],
  ['mongodb://user:pa55word@host/?nonsense=1', 'option nonsense is not supported'],
])('MONGO_DB_URL=%s is refused without repeating its password', async (url, problem) => {
  const message = await refusal({ SERVICE_VERSION: 'v2', MONGO_DB_URL: url });
  expect(message).toContain(`SettingsError: wrong settings:\n  MONGO_DB_URL: ${problem}`);
  expect(message).not.toContain('pa55word');
});

test('v1 needs no database', async () => {
  expect(await refusal({ SERVICE_VERSION: 'v1' })).toBe('started');
});

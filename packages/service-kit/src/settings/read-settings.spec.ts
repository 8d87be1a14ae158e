import { expect, test } from 'vitest';
import { z } from 'zod';
import { commonSettings } from './common-settings.js';
import { readSettings } from './read-settings.js';
import { hostname, httpUrl, text } from './setting.js';

const schema = z.object(commonSettings);

test('an empty environment gives the documented defaults', () => {
  expect(readSettings(schema, {})).toEqual({
    PORT: 9080,
    HOST: undefined,
    SERVICE_VERSION: 'v1',
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    HTTP_KEEP_ALIVE: false,
    HTTP_PROXY: undefined,
    HTTPS_PROXY: undefined,
    NO_PROXY: undefined,
  });
});

test('an empty variable counts as unset', () => {
  expect(readSettings(schema, { PORT: '', LOG_FORMAT: '' })).toMatchObject({
    PORT: 9080,
    LOG_FORMAT: 'json',
  });
});

test('the first argument wins over PORT', () => {
  expect(readSettings(schema, { PORT: '1' }, ['9999']).PORT).toBe(9999);
});

test('arguments after the port are refused, together with wrong variables', () => {
  expect(() => readSettings(schema, { LOG_FORMAT: 'xml' }, ['9080', '--verbose', 'x'])).toThrow(
    'wrong settings:\n  LOG_FORMAT: "xml" is not one of json, pretty\n  "--verbose x": the port is the only argument',
  );
  expect(() => readSettings(schema, {}, ['9080', ''])).toThrow('"": the port is the only argument');
});

test('a proxy variable in lower case wins over the one in upper case', () => {
  const env = { http_proxy: 'http://lower:1', HTTP_PROXY: 'http://upper:1', no_proxy: 'a', NO_PROXY: 'b' };
  expect(readSettings(schema, env)).toMatchObject({ HTTP_PROXY: 'http://lower:1', NO_PROXY: 'a' });
});

test('one message names all wrong variables, their values and what is allowed', () => {
  const env = {
    PORT: '70000',
    HOST: 'bad host',
    SERVICE_VERSION: 'three',
    LOG_FORMAT: 'xml',
    HTTP_KEEP_ALIVE: 'maybe',
    HTTP_PROXY: 'ftp://proxy',
  };
  expect(() => readSettings(schema, env)).toThrow(
    [
      'wrong settings:',
      '  PORT: "70000" is not a whole number from 0 to 65535',
      '  HOST: "bad host" is not an IP address, such as 127.0.0.1 or ::1',
      '  SERVICE_VERSION: "three" is not a version such as v1 or v2-mysql',
      '  LOG_FORMAT: "xml" is not one of json, pretty',
      '  HTTP_KEEP_ALIVE: "maybe" is not true or false',
      '  HTTP_PROXY: "ftp://proxy" is not an http:// or https:// URL',
    ].join('\n'),
  );
});

test.each(['-1', '1.5', '0x10', '1e3', ' 80', '99999999999999999999'])('PORT=%j is refused', (PORT) => {
  expect(() => readSettings(schema, { PORT })).toThrow('PORT');
});

test.each(['TRUE', 'True', 'true'])('HTTP_KEEP_ALIVE=%s is true', (HTTP_KEEP_ALIVE) => {
  expect(readSettings(schema, { HTTP_KEEP_ALIVE }).HTTP_KEEP_ALIVE).toBe(true);
});

test('hosts, URLs and texts are checked, also for their length', () => {
  const more = z.object({ H: hostname('reviews'), U: httpUrl('http://a'), T: text('x') });
  expect(readSettings(more, {})).toEqual({ H: 'reviews', U: 'http://a', T: 'x' });
  expect(readSettings(more, { H: 'reviews.default', U: 'https://b/c/' })).toMatchObject({ U: 'https://b/c' });
  expect(() => readSettings(more, { H: 'a b', U: 'b', T: 'x'.repeat(5000) })).toThrow(
    /H: .*\n.*U: .*\n.*T: /,
  );
});

import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { commonSettings } from '../settings/common-settings.js';
import { readSettings } from '../settings/read-settings.js';
import { createLogger } from './create-logger.js';

const linesWith = async (LOG_FORMAT: string) => {
  const out = new PassThrough();
  const logger = await createLogger('echo', readSettings(z.object(commonSettings), { LOG_FORMAT }), out);
  logger.info({ status: 200 }, 'request');
  logger.warn('late');
  await turn();
  return String(out.read()).trimEnd().split('\n');
};

test('json is one object a line, with app and version', async () => {
  const [first, ...others] = (await linesWith('json')).map((line) => JSON.parse(line) as object);
  expect(first).toMatchObject({ level: 'info', app: 'echo', version: 'v1', status: 200, msg: 'request' });
  expect(others).toHaveLength(1);
});

test('pretty is one line of text for each entry', async () => {
  expect(await linesWith('pretty')).toEqual([
    expect.stringMatching(/^\[[\d:.]+\] INFO: request {"status":200}$/),
    expect.stringMatching(/^\[[\d:.]+\] WARN: late$/),
  ]);
});

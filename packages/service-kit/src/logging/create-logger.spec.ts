import { expect, test } from 'vitest';
import { z } from 'zod';
import { commonSettings } from '../settings/common-settings.js';
import { readSettings } from '../settings/read-settings.js';
import { createLogger } from './create-logger.js';

const linesWith = async (LOG_FORMAT: string, value: unknown = 200) => {
  const lines: string[] = [];
  const settings = readSettings(z.object(commonSettings), { LOG_FORMAT });
  const logger = await createLogger('echo', settings, { write: (line) => lines.push(line) });
  logger.info({ status: value }, 'request');
  logger.warn('late');
  return lines;
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

const FOREIGN = '\u001b[2J \u007f \u009b31m \u2028 \u202e \n';

test.each(['json', 'pretty'])(
  '%s has no character that could command a terminal or begin a line',
  async (format) => {
    const [line = ''] = await linesWith(format, FOREIGN);
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Bidi_Control}]/u);
    expect(line).toContain(String.raw`\u009b31m \u2028 \u202e`);
  },
);

test('a parser of the json reads such characters as they were', async () => {
  const [line = ''] = await linesWith('json', FOREIGN);
  expect(JSON.parse(line)).toMatchObject({ status: FOREIGN });
});

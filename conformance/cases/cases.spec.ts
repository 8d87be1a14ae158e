import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { runCommand } from './run-command.js';

const FOLDER = new URL('.', import.meta.url);
const files = await readdir(FOLDER);
const texts = files.filter((name) => name.endsWith('.txt'));

test('each file of rules has its commands', () => {
  const rules = files.filter((name) => name.endsWith('.yaml'));
  expect(texts).toEqual(rules.map((name) => name.replace('.yaml', '.txt')));
});

/** Returns the commands of a case, each with the lines that its output has, in their order. */
async function commandsOf(name: string): Promise<{ command: string; shown: string[] }[]> {
  const text = await readFile(new URL(name, FOLDER), 'utf8');
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...lines] = part.trimEnd().split('\n');
      const shown = lines.filter((line) => line !== '');
      return { command, shown };
    });
}

const cases = await Promise.all(
  texts.map(async (file) => ({ name: file.replace('.txt', ''), commands: await commandsOf(file) })),
);

describe.each(cases)('$name', ({ name, commands }) => {
  test.each(commands)('$command', async ({ command, shown }) => {
    let rest = await runCommand(new URL(`${name}.yaml`, FOLDER), command);
    for (const line of shown) {
      expect(rest).toContain(line);
      rest = rest.slice(rest.indexOf(line) + line.length);
    }
  });
});

import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { FINDING_CODES } from './finding-code.js';

const PAGES = new URL('../../../../docs/findings/', import.meta.url);

test('each code has a page in docs/findings, and each page a code', async () => {
  const files = await readdir(PAGES);
  const pages = files.filter((name) => name !== 'README.md');
  expect(pages.toSorted()).toEqual(FINDING_CODES.map((code) => `${code}.md`).toSorted());
});

test.each(FINDING_CODES)(
  'the page of %s has its symptom and its remedy, and the list has the page',
  async (code) => {
    const page = await readFile(new URL(`${code}.md`, PAGES), 'utf8');
    expect(page).toMatch(
      new RegExp(`^# ${code}\n\n\\S[^]*\n\\*\\*Symptom\\*\\*: [^]*\n\\*\\*Remedy\\*\\*: `),
    );
    expect(await readFile(new URL('README.md', PAGES), 'utf8')).toContain(`[${code}](${code}.md)`);
  },
);

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const DIST = join(import.meta.dirname, '../dist');
const MAX_BYTES = 300_000;

const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => ({ name: entry.name, content: readFileSync(join(entry.parentPath, entry.name)) }));

test('the page is smaller than 300 kB in all when it is compressed', () => {
  const sizes = files.map(({ content }) => gzipSync(content).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_BYTES);
});

test('the document has neither scripts nor styles inside', () => {
  const document = String(files.find(({ name }) => name === 'index.html')?.content);
  expect(document).toMatch(/<script type="module" crossorigin src="\.\/assets\/[^"]+\.js"><\/script>/);
  expect(document).not.toMatch(/<style|style=|onload=|<script(?![^>]*src=)/);
});

test('no file names another host, except in namespaces and in comments on sources', () => {
  const hosts = files.flatMap(({ content }) => String(content).match(/https?:\/\/[\w.-]+/g) ?? []);
  expect([...new Set(hosts)].toSorted()).toEqual([
    'http://reviews',
    'http://www.w3.org',
    'https://svelte.dev',
  ]);
});

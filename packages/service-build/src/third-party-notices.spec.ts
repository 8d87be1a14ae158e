import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'rolldown';
import { expect, test } from 'vitest';
import { thirdPartyNotices } from './third-party-notices.ts';

/** Bundles a program that uses the package `used` with these files, and returns the notices. */
async function noticesFor(used: Record<string, string>): Promise<string> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'notices-'));
  const files = {
    'main.js': `import { used } from 'used'; console.log(used);`,
    'node_modules/used/index.js': `export const used = process.argv.map(String);`,
    'node_modules/unused/package.json': `{ "name": "unused", "version": "1.0.0", "license": "MIT" }`,
    ...Object.fromEntries(Object.entries(used).map(([name, text]) => [`node_modules/used/${name}`, text])),
  };
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder.path, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const input = path.join(folder.path, 'main.js');
  const { output } = await build({ input, plugins: [thirdPartyNotices()], write: false, logLevel: 'silent' });
  const notices = output.find(({ fileName }) => fileName === 'THIRD-PARTY-NOTICES');
  return notices?.type === 'asset' ? String(notices.source) : '';
}

const manifest = (license: string) => ({
  'package.json': JSON.stringify({ name: 'used', version: '2.0.0', license, author: 'Ada' }),
});

test('the notices have the license text of each bundled package, and name no other', async () => {
  expect(await noticesFor({ ...manifest('ISC'), LICENCE: '\nAs you like.\n' })).toBe(
    'used 2.0.0 (ISC)\n\nAs you like.\n',
  );
});

test('a package under the MIT license without its text gets that text and its author', async () => {
  expect(await noticesFor(manifest('MIT'))).toMatch(
    /^used 2\.0\.0 \(MIT\)\n\nCopyright \(c\) Ada\n\nPermission is hereby granted/,
  );
});

test('the build fails for another license without its text', async () => {
  await expect(noticesFor(manifest('BSD-3-Clause'))).rejects.toThrow(
    'used 2.0.0 has no file with the text of its license (BSD-3-Clause)',
  );
});

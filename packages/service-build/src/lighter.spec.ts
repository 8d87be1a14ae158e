import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, type Plugin } from 'rolldown';
import { expect, test } from 'vitest';
import { lighterAxios } from './lighter-axios.ts';
import { lighterRxjs } from './lighter-rxjs.ts';

/** Bundles `files`, of which main.js is the entry, and returns the code. */
async function bundleFiles(plugin: Plugin, files: Record<string, string>): Promise<string> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'service-build-'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder.path, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const input = path.join(folder.path, 'main.js');
  const { output } = await build({
    input,
    platform: 'node',
    plugins: [plugin],
    write: false,
    logLevel: 'silent',
  });
  return output[0].code;
}

const axios = {
  'main.js': `import './node_modules/axios/lib/adapters/http.js';
    import './node_modules/axios/lib/adapters/xhr.js';
    import './node_modules/axios/lib/adapters/fetch.js';
    import './node_modules/axios/lib/platform/node/classes/FormData.js';
    import './node_modules/axios/lib/utils.js';`,
  'node_modules/axios/lib/adapters/http.js': `console.log('http');`,
  'node_modules/axios/lib/adapters/xhr.js': `console.log('xhr');`,
  'node_modules/axios/lib/adapters/fetch.js': `console.log('fetch');`,
  'node_modules/axios/lib/platform/node/classes/FormData.js': `console.log('FormData');`,
  'node_modules/axios/lib/utils.js': `const FormDataCtor = globalThis.FormData;\nconsole.log('utils', FormDataCtor);`,
};

const rxjs = (esm: string) => ({
  'main.js': `import { used } from 'rxjs'; console.log(used);`,
  'node_modules/rxjs/package.json': `{ "exports": { "node": "./dist/${esm}/index.js" } }`,
  [`node_modules/rxjs/dist/cjs/index.js`]: `exports.used = 'cjs';`,
  [`node_modules/rxjs/dist/esm/index.js`]: `export const used = 'esm'; export const unused = 'unused';`,
});

test("axios' adapters and forms are left out", async () => {
  const code = await bundleFiles(lighterAxios(), axios);
  expect(code).toContain('utils');
  expect(code).not.toMatch(/'(http|xhr|fetch|FormData)'|globalThis/);
});

test('the build fails when axios has fewer of those files', async () => {
  const main = axios['main.js'].replace(/import .*fetch.js';/, '');
  await expect(bundleFiles(lighterAxios(), { ...axios, 'main.js': main })).rejects.toThrow(
    'axios has 3 of the 4 files to leave out',
  );
});

test('the build fails when axios mentions FormData in another way', async () => {
  const utils = { 'node_modules/axios/lib/utils.js': `console.log(globalThis.FormData);` };
  await expect(bundleFiles(lighterAxios(), { ...axios, ...utils })).rejects.toThrow(
    'no longer has a line "const FormDataCtor = …": drop that replacement',
  );
});

test("rxjs' ES modules are bundled, without what is unused", async () => {
  const code = await bundleFiles(lighterRxjs(), rxjs('cjs'));
  expect(code).toContain('esm');
  expect(code).not.toMatch(/cjs|unused/);
});

test('the build fails when rxjs resolves to its ES modules by itself', async () => {
  await expect(bundleFiles(lighterRxjs(), rxjs('esm'))).rejects.toThrow(
    'delete service-build/src/lighter-rxjs.ts if https://github.com/ReactiveX/rxjs/issues/6856 is solved',
  );
});

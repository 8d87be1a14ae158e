import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type OutputOptions } from 'rolldown';
import { lighterAxios } from './lighter-axios.ts';
import { lighterRxjs } from './lighter-rxjs.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

/**
 * Modules that are never loaded: optional dependencies of Nest and of the database drivers, and Fastify's compilers for
 * routes with a schema.
 */
const EXTERNAL = [
  /^@nestjs\/(microservices|websockets|platform-express|platform-socket\.io)/,
  /^class-(transformer|validator)/,
  /^@fastify\/(view|static|multipart|ajv-compiler|fast-json-stringify-compiler)/,
  'light-my-request',
  /^(@aws-sdk|gcp-metadata|kerberos|mongodb-client-encryption|snappy|socks)/,
  '@mongodb-js/zstd',
];

const MAIN = `import { createRequire, enableCompileCache } from 'node:module';
import path from 'node:path';

enableCompileCache({ directory: path.join(import.meta.dirname, 'compile-cache'), portable: true });
createRequire(import.meta.url)('./service.cjs');
`;

/** Options of rolldown for what runs: little memory and a quick start. */
const SMALL: OutputOptions = {
  minify: {
    // Short source takes less memory.
    compress: true,
    // Stack traces need the names.
    mangle: { keepNames: true },
    // V8 stores a source with a single character beyond Latin-1 in two bytes a character (2 MB).
    codegen: { removeWhitespace: true, asciiOnly: true },
  },
  sourcemap: true,
};

/**
 * Bundles the service whose package is in `folder` into `dist/`, with everything that it imports: `dist/main.js` runs
 * without node_modules. A dynamic import, such as that of a database driver, gets its own file.
 *
 * @param output 'small', the default, or 'quick', which takes half the time: not minified, and without source map
 * @throws {Error} when a module can't be compiled or resolved, or a lighter-* plugin no longer applies
 */
export async function bundle(folder: string, output: 'small' | 'quick' = 'small'): Promise<void> {
  const dist = path.join(folder, 'dist');
  // Written beside, so that a build that fails leaves the last one in place.
  const next = path.join(folder, 'dist.next');
  await rm(next, { recursive: true, force: true });
  await build({
    cwd: folder,
    input: { service: path.join(folder, 'src/main.ts') },
    platform: 'node',
    external: EXTERNAL,
    resolve: { alias: { undici: path.join(import.meta.dirname, 'lighter-undici.js') } },
    plugins: [lighterAxios(), lighterRxjs(), thirdPartyNotices()],
    output: {
      dir: next,
      // An ES module would make Node evaluate every export of each built-in module that it imports, and one export of
      // node:http loads a WebSocket client (40 ms).
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name].cjs',
      keepNames: true,
      ...(output === 'small' && SMALL),
    },
  });
  await writeFile(path.join(next, 'main.js'), MAIN);
  await rm(dist, { recursive: true, force: true });
  await rename(next, dist);
}

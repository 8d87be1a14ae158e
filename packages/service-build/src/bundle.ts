import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'rolldown';
import { lighterAxios } from './lighter-axios.ts';
import { lighterRxjs } from './lighter-rxjs.ts';
import { lighterSource } from './lighter-source.ts';

/** Never loaded: what Nest and the database drivers go without where it isn't installed, and Fastify where no route has a schema. */
const LEFT_OUT = [
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

/**
 * Writes the service whose package is in `folder` to `dist/`, with all that it imports: nothing else has to be installed
 * to run `dist/main.js`. What is imported by need, such as a database driver, gets a file of its own.
 *
 * @throws Error where something can't be compiled or resolved
 */
export async function bundle(folder: string): Promise<void> {
  const dist = path.join(folder, 'dist');
  await rm(dist, { recursive: true, force: true });
  await build({
    cwd: folder,
    input: { service: path.join(folder, 'src/main.ts') },
    platform: 'node',
    external: LEFT_OUT,
    resolve: { alias: { undici: path.join(import.meta.dirname, 'lighter-undici.js') } },
    plugins: [lighterAxios(), lighterRxjs(), lighterSource()],
    output: {
      dir: dist,
      // Not ESM: Node evaluates every export of a built-in module that is imported, and one of node:http's loads a
      // whole WebSocket client (40 ms).
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name].cjs',
      // Small source is less memory; names stay, for stack traces.
      minify: { compress: true, mangle: { keepNames: true }, codegen: true },
      keepNames: true,
      sourcemap: true,
    },
  });
  await writeFile(path.join(dist, 'main.js'), MAIN);
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AdminError } from './admin-error.js';

/**
 * Headers of every response. The page runs its own scripts only, asks its own origin only, sends no address of its own to others, and
 * is in no frame of another page.
 */
export const PROTECTION: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const INDEX = '/';
const ICON = '/favicon.svg';
const ASSETS = '/assets/:name';

/** A name of a file of the build: no folder, and none that is hidden. */
const NAME = /^\w[\w.-]*$/;
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Returns true for the routes of `serveConsole`, which need no credential. */
export function isPageRoute(route: string | undefined): boolean {
  return route === INDEX || route === ICON || route === ASSETS;
}

/** Serves the console's built files. */
export function serveConsole(app: FastifyInstance, folder: string | undefined): void {
  app.get(INDEX, (_, reply) => sendFile(reply, folder, 'index.html'));
  app.get(ICON, (_, reply) => sendFile(reply, folder, 'favicon.svg'));
  app.get<{ Params: { name: string } }>(ASSETS, async ({ params: { name } }, reply) => {
    if (!NAME.test(name)) throw new AdminError(404, 'no such path');
    const file = await sendFile(reply, folder, `assets/${name}`);
    // A changed file has another name, which contains its hash.
    void reply.header('cache-control', 'public, max-age=31536000, immutable');
    return file;
  });
}

async function sendFile(reply: FastifyReply, folder: string | undefined, name: string): Promise<Buffer> {
  const type = TYPES[path.extname(name)];
  if (folder === undefined || type === undefined) throw new AdminError(404, 'no such path');
  try {
    const file = await readFile(path.join(folder, name));
    void reply.type(type);
    return file;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new AdminError(
      404,
      name === 'index.html' ? 'the console is not built (npm run build)' : 'no such path',
    );
  }
}

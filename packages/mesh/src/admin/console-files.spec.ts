import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ask } from '@bookinfo/testing';
import type { AdministeredMesh } from './administered-mesh.js';
import { AdminServer } from './admin-server.js';
import { readToken } from './token-file.js';

/** A mesh without any function: each call of one would be an error. */
const MESH = {} as AdministeredMesh;

async function startConsole() {
  const folder = await mkdtemp(path.join(tmpdir(), 'console-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html>');
  await writeFile(path.join(folder, 'assets', 'main-x1.js'), 'run()');
  await writeFile(path.join(folder, 'assets', '.hidden.js'), 'secret');
  await writeFile(path.join(folder, 'other.js'), 'secret');
  const admin = await AdminServer.start(MESH, { adminPort: 0, consoleFolder: folder });
  return {
    folder,
    get: (url: string) => ask(admin.port, { path: url }),
    admin,
    async [Symbol.asyncDispose]() {
      await admin.close();
      await rm(folder, { recursive: true });
    },
  };
}

test('the page and its assets need no credential, and only assets are cached', async () => {
  await using running = await startConsole();
  const index = await running.get('/');
  expect([index.status, index.body, index.headers['cache-control']]).toEqual([
    200,
    '<!doctype html>',
    'no-store',
  ]);
  expect(index.headers['content-type']).toBe('text/html; charset=utf-8');
  const script = await running.get('/assets/main-x1.js');
  expect([script.status, script.body, script.headers['content-type']]).toEqual([
    200,
    'run()',
    'text/javascript; charset=utf-8',
  ]);
  expect(script.headers['cache-control']).toContain('immutable');
});

test.each([
  '/assets/..%2fother.js',
  '/assets/%2e%2e%2fother.js',
  '/assets/.hidden.js',
  '/assets/none.js',
  '/assets/main-x1.js%00',
])('%s is no file of the page', async (url) => {
  await using running = await startConsole();
  expect(await running.get(url)).toMatchObject({ status: 404, body: '{"error":"no such path"}' });
});

test('files beside the page need the credential, and are not served with it', async () => {
  await using running = await startConsole();
  expect((await running.get('/other.js')).status).toBe(401);
  const authorization = String(readToken(running.admin.port));
  expect((await ask(running.admin.port, { path: '/other.js', headers: { authorization } })).status).toBe(404);
});

test('a page that is not built is named in a sentence', async () => {
  await using running = await startConsole();
  await rm(path.join(running.folder, 'index.html'));
  expect(await running.get('/')).toMatchObject({
    status: 404,
    body: '{"error":"the console is not built (npm run build)"}',
  });
});

test('every response forbids frames, other scripts and other types', async () => {
  await using running = await startConsole();
  for (const url of ['/', '/mesh', '/assets/none.js']) {
    const { headers } = await running.get(url);
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  }
});

test.each([
  ['a simple POST of a form', { method: 'POST', headers: { 'content-type': 'text/plain' } }],
  ['a POST with a cookie', { method: 'POST', headers: { cookie: 'token=x', 'content-type': 'text/plain' } }],
  ['a GET of a script element', { method: 'GET', headers: { 'sec-fetch-site': 'cross-site' } }],
  [
    'the question of a browser whether it may send a credential',
    {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    },
  ],
  ['a request after DNS rebinding', { method: 'GET', headers: { host: 'evil.example:15000' } }],
])('%s from a page of another site is a 401 without permissions', async (_, { method, headers }) => {
  await using running = await startConsole();
  for (const url of ['/apply', '/mesh', '/restart', '/load']) {
    const origin = 'http://evil.example';
    const response = await ask(running.admin.port, { path: url, method, headers: { origin, ...headers } });
    expect(response.status).toBe(401);
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(response.headers['set-cookie']).toBeUndefined();
  }
});

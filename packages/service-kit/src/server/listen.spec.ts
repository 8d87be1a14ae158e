import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { commonSettings } from '../settings/common-settings.js';
import { readSettings } from '../settings/read-settings.js';
import { listen } from './listen.js';

/** An application that fails to bind `host`: a test can't remove IPv6 from the kernel it runs on. */
function appThatCannotBind(host: string, code: string) {
  const tried: string[] = [];
  const instance = {
    listen: (options: { host: string; port: number }) => {
      tried.push(options.host);
      if (options.host !== host) return Promise.resolve(`http://${options.host}:${options.port}`);
      return Promise.reject(Object.assign(new Error(code), { code }));
    },
  };
  const app = {
    getHttpAdapter: () => ({ getInstance: () => instance }),
  } as unknown as NestFastifyApplication;
  return { app, tried };
}

const settings = (env: Record<string, string> = {}) => readSettings(z.object(commonSettings), env);

test.each(['EAFNOSUPPORT', 'EADDRNOTAVAIL'])(
  'when binding :: fails with %s, the service listens on IPv4 alone',
  async (code) => {
    const { app, tried } = appThatCannotBind('::', code);
    expect(await listen(app, settings())).toBe('http://0.0.0.0:9080');
    expect(tried).toEqual(['::', '0.0.0.0']);
  },
);

test('a port in use is not tried again on IPv4', async () => {
  const { app, tried } = appThatCannotBind('::', 'EADDRINUSE');
  await expect(listen(app, settings())).rejects.toThrow('EADDRINUSE');
  expect(tried).toEqual(['::']);
});

test('with HOST, no other address is tried', async () => {
  const { app, tried } = appThatCannotBind('::1', 'EADDRNOTAVAIL');
  await expect(listen(app, settings({ HOST: '::1' }))).rejects.toThrow('EADDRNOTAVAIL');
  expect(tried).toEqual(['::1']);
});

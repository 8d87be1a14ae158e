import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { commonSettings } from '../settings/common-settings.js';
import { readSettings } from '../settings/read-settings.js';
import { listen } from './listen.js';

/** Stands in for a machine whose kernel lacks IPv6, which a test can't make of the one that it runs on. */
function appThatFailsOn(host: string, code: string) {
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
  'where binding :: answers %s, IPv4 is used alone',
  async (code) => {
    const { app, tried } = appThatFailsOn('::', code);
    expect(await listen(app, settings())).toBe('http://0.0.0.0:9080');
    expect(tried).toEqual(['::', '0.0.0.0']);
  },
);

test('a port that is taken is not tried on IPv4 as well', async () => {
  const { app, tried } = appThatFailsOn('::', 'EADDRINUSE');
  await expect(listen(app, settings())).rejects.toThrow('EADDRINUSE');
  expect(tried).toEqual(['::']);
});

test('HOST is the only address tried', async () => {
  const { app, tried } = appThatFailsOn('::1', 'EADDRNOTAVAIL');
  await expect(listen(app, settings({ HOST: '::1' }))).rejects.toThrow('EADDRNOTAVAIL');
  expect(tried).toEqual(['::1']);
});

import { describe, expect, test } from 'vitest';
import { systemClock } from '@bookinfo/effects';
import { envoyExecutable, envoyMissing } from '@bookinfo/envoy/testing';
import type { RouteTable } from '@bookinfo/routing';
import { tableOf } from '@bookinfo/routing/testing';
import { ask, startBackend } from '@bookinfo/testing';
import { EnvoyMeshProxy } from './envoy-mesh-proxy.js';

const start = (table: RouteTable, onEnd: () => void = () => undefined) =>
  EnvoyMeshProxy.start({ name: 'x', role: 'sidecar', table, port: 0, onEnd }, envoyExecutable(), systemClock);

/** Envoy has no setting for the first, and rejects the second: a Maglev table needs a prime size. */
const refused: [string, RouteTable, object][] = [
  [
    'cannot express',
    tableOf({
      route: {
        match: {
          path: { kind: 'path-separated-prefix', value: '/a/', ignoreCase: false },
          headers: [],
          queryParameters: [],
        },
        rule: { resource: 'HTTPRoute/default/a', origin: { file: 'a.yaml', line: 7, column: 3 } },
      },
    }),
    {
      origin: { file: 'a.yaml', line: 7, column: 3 },
      message: expect.stringMatching(/^Envoy cannot express this: /) as string,
    },
  ],
  [
    'rejects',
    tableOf({ cluster: { lbPolicy: { kind: 'MAGLEV', tableSize: 1000 } } }),
    { origin: undefined, message: expect.stringMatching(/^Envoy rejects this: .*maglev/i) as string },
  ],
];

describe.skipIf(envoyMissing)('a proxy that is an Envoy', () => {
  test.each(refused)('refuses a table that it %s, and keeps its own', async (_, table, refusal) => {
    await using backend = await startBackend('reviews-v1');
    const proxy = await start(tableOf({ endpoints: [backend.endpoint] }));
    await expect(proxy.setTable(table)).rejects.toMatchObject(refusal);
    expect((await ask(proxy.port)).body).toBe('reviews-v1');
    await proxy.setTable(tableOf({ endpoints: [] }));
    expect((await ask(proxy.port)).status).toBe(503);
    await proxy.close(0);
    await expect(start(table)).rejects.toMatchObject(refusal);
  });

  test('answers a request in flight before it closes', async () => {
    await using backend = await startBackend('reviews-v1');
    const fault = { delay: { percentage: 100, fixedDelayMs: 1000 } };
    const proxy = await start(tableOf({ endpoints: [backend.endpoint], route: { fault } }));
    const asking = ask(proxy.port);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await proxy.close(60_000);
    expect((await asking).body).toBe('reviews-v1');
    await expect(ask(proxy.port)).rejects.toThrow('ECONNREFUSED');
  });
});

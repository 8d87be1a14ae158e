import { describe, expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { serviceEntry, standIn } from '../../support/stand-in.ts';
import { lacks, target } from '../../support/target/index.ts';
import { until } from '../../support/until.ts';

const HOST = 'prices.example.com';

const trafficPolicy = (policy: string) => `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: prices }
spec: { host: ${HOST}, trafficPolicy: { ${policy} } }
`;

const ask = () => target.sendAs('productpage-v1', { url: `http://${HOST}/` });

describe.skipIf(lacks('stand-ins'))('circuit breaking', () => {
  test('with one connection and one pending request, a third request at once is a 503 of the proxy', async () => {
    const held: (() => void)[] = [];
    await using server = await standIn((_request, response) => {
      held.push(() => response.end('served'));
    });
    await using _rules = await appliedText(
      serviceEntry(HOST, server) +
        trafficPolicy('connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1 } }'),
    );
    const first = ask();
    await until('the first request has arrived', async () => held.length === 1);
    const others = [ask(), ask()];
    const refused = await Promise.race(others);
    expect([refused.status, refused.headers.get('x-envoy-overloaded')]).toEqual([503, 'true']);
    held[0]?.();
    await until('the pending request has arrived', async () => held.length === 2);
    held[1]?.();
    const statuses = (await Promise.all([first, ...others])).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);
  });

  test('an endpoint with two errors in a row is ejected, and every later request goes to the other one', async () => {
    await using failing = await standIn((_request, response) => response.writeHead(503).end());
    await using healthy = await standIn((_request, response) => response.end());
    await using _rules = await appliedText(
      serviceEntry(HOST, failing, healthy) +
        trafficPolicy(
          'loadBalancer: { simple: ROUND_ROBIN }, ' +
            'outlierDetection: { consecutive5xxErrors: 2, interval: 1s, baseEjectionTime: 60s, maxEjectionPercent: 100 }',
        ),
    );
    await until('the failing endpoint has failed twice', async () => {
      await ask();
      return failing.requests.length === 2;
    });
    // A thread of Envoy learns of an ejection from its main thread.
    await until('a row of requests succeeds', async () => {
      const answers = [await ask(), await ask(), await ask(), await ask()];
      return answers.every(({ status }) => status === 200);
    });
    const before = failing.requests.length;
    for (let count = 0; count < 20; count += 1) expect((await ask()).status).toBe(200);
    expect(failing.requests).toHaveLength(before);
  });
});

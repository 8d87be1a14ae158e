import { describe, expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { serviceEntry, standIn, type StandIn } from '../../support/stand-in.ts';
import { lacks, target } from '../../support/target/index.ts';

const RATINGS = { url: 'http://ratings:9080/ratings/0' };

/** Sends ratings to a stand-in. */
const toStandIn = (server: StandIn, policy: string) =>
  serviceEntry('ratings.example.com', server) +
  `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ratings }
spec:
  hosts: [ratings]
  http: [{ route: [{ destination: { host: ratings.example.com, port: { number: 80 } } }], ${policy} }]
`;

/** Starts a server that answers 503 to the first requests. */
const failsFirst = (times: number): Promise<StandIn> => {
  let answers = 0;
  return standIn((_request, response) => {
    answers += 1;
    response.writeHead(answers <= times ? 503 : 200).end(`answer ${answers}`);
  });
};

describe.skipIf(lacks('stand-ins'))('retries', () => {
  test('a request that fails twice with 503 is answered by its second retry', async () => {
    await using server = await failsFirst(2);
    await using _rules = await appliedText(toStandIn(server, "retries: { attempts: 2, retryOn: '5xx' }"));
    const { status, body } = await target.sendAs('reviews-v2', RATINGS);
    expect([status, body, server.requests.length]).toEqual([200, 'answer 3', 3]);
  });

  test('one more failure than retries is the response', async () => {
    await using server = await failsFirst(3);
    await using _rules = await appliedText(toStandIn(server, "retries: { attempts: 2, retryOn: '5xx' }"));
    expect((await target.sendAs('reviews-v2', RATINGS)).status).toBe(503);
    expect(server.requests).toHaveLength(3);
  });

  test('without retries of its own, a rule does not repeat a request that a backend has answered with 503', async () => {
    await using server = await failsFirst(1);
    await using _rules = await appliedText(toStandIn(server, 'timeout: 10s'));
    expect((await target.sendAs('reviews-v2', RATINGS)).status).toBe(503);
    expect(server.requests).toHaveLength(1);
  });

  test('a try that takes longer than perTryTimeout is repeated', async () => {
    let answers = 0;
    await using server = await standIn((_request, response) => {
      answers += 1;
      if (answers > 1) response.end('in time');
    });
    await using _rules = await appliedText(
      toStandIn(server, 'retries: { attempts: 1, perTryTimeout: 0.3s, retryOn: gateway-error }'),
    );
    const { status, body, milliseconds } = await target.sendAs('reviews-v2', RATINGS);
    expect([status, body]).toEqual([200, 'in time']);
    expect(milliseconds).toBeGreaterThan(290);
  });
});

import { describe, expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { countReviews } from '../../support/page.ts';
import { serviceEntry, standIn, type StandIn } from '../../support/stand-in.ts';
import { lacks } from '../../support/target/index.ts';
import { until } from '../../support/until.ts';

const REQUESTS = 20;

/** Sends reviews to v1, and copies of its requests to a stand-in. */
const mirrored = (shadow: StandIn, percentage: number) =>
  serviceEntry('shadow.example.com', shadow) +
  `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - route: [{ destination: { host: reviews, subset: v1 } }]
      mirrors: [{ destination: { host: shadow.example.com, port: { number: 80 } }, percentage: { value: ${percentage} } }]
`;

describe.skipIf(lacks('stand-ins'))('mirroring', () => {
  test('every request is answered by v1, and its copy arrives at the mirror with the host of the request', async () => {
    await using shadow = await standIn((_request, response) => response.writeHead(500).end());
    await using _rules = await appliedText(mirrored(shadow, 100));
    expect(await countReviews(REQUESTS)).toEqual({ v1: REQUESTS });
    await until('all copies have arrived', async () => shadow.requests.length === REQUESTS);
    expect(
      new Set(shadow.requests.map(({ method, url, headers }) => `${method} ${url} ${headers.host}`)),
    ).toEqual(new Set(['GET /reviews/0 reviews:9080']));
  });

  test('a mirror that never answers holds up no response', async () => {
    await using shadow = await standIn(() => undefined);
    await using _rules = await appliedText(mirrored(shadow, 100));
    expect(await countReviews(REQUESTS)).toEqual({ v1: REQUESTS });
    await until('all copies have arrived', async () => shadow.requests.length === REQUESTS);
  });

  test('at 0 % nothing is copied', async () => {
    await using shadow = await standIn((_request, response) => response.end());
    await using _rules = await appliedText(mirrored(shadow, 0));
    expect(await countReviews(REQUESTS)).toEqual({ v1: REQUESTS });
    expect(shadow.requests).toEqual([]);
  });
});

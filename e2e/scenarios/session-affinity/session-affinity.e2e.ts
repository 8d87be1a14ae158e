import { expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { countReviews, signIn } from '../../support/page.ts';
import { target } from '../../support/target/index.ts';

const USERS = 24;
const VIEWS = 6;

/** Chooses a pod of reviews, of any version, by a key of the request. */
const hashBy = (key: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews }
spec:
  host: reviews
  trafficPolicy: { loadBalancer: { consistentHash: { ${key} } } }
`;

const REVIEWS = { url: 'http://reviews:9080/reviews/0' };

test('each user stays with one version, and not all users with the same', async () => {
  await using _rules = await appliedText(hashBy('httpHeaderName: end-user'));
  const versions = new Set<string>();
  for (let user = 0; user < USERS; user += 1) {
    const counts = await countReviews(VIEWS, await signIn(`user${user}`));
    expect(Object.values(counts)).toEqual([VIEWS]);
    for (const version of Object.keys(counts)) versions.add(version);
  }
  // With three pods, 24 users of one version alone are expected once in 94 billion runs.
  expect(versions.size).toBeGreaterThan(1);
});

test('the proxy sets the cookie of a client that has none, and the client stays with the pod that it names', async () => {
  await using _rules = await appliedText(hashBy('httpCookie: { name: shelf, ttl: 60s }'));
  const first = await target.sendAs('productpage-v1', REVIEWS);
  const [cookie = ''] = first.headers.getSetCookie();
  expect(cookie).toMatch(/^shelf="?[0-9a-f]+"?; Max-Age=60; HttpOnly/);
  const headers = { cookie: cookie.split(';', 1)[0] ?? '' };
  for (let view = 0; view < VIEWS; view += 1) {
    const again = await target.sendAs('productpage-v1', { ...REVIEWS, headers });
    expect([again.hops[0], again.headers.getSetCookie()]).toEqual([first.hops[0], []]);
  }
});

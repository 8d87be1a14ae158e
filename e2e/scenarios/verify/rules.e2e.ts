import { allAgree, type Report } from '@bookinfo/verdict';
import { expect, test } from 'vitest';
import { applied, appliedText } from '../../support/applied.ts';
import { rulesOfTest, sourceOf } from '../../support/sources.ts';
import { target } from '../../support/target/index.ts';

/** Applies the rules, verifies them, and deletes them. */
async function verifiedText(text: string): Promise<Report> {
  await using _rules = await appliedText(text);
  return await target.verify([rulesOfTest(text)]);
}

/** Returns status and predicted shares of each claim. */
function outcomesOf({ verdicts }: Report) {
  return verdicts.map(({ status, outcomes }) => [
    status,
    Object.fromEntries(
      outcomes.filter(({ predicted }) => predicted > 0).map(({ label, predicted }) => [label, predicted]),
    ),
  ]);
}

const statuses = ({ verdicts }: Report) => verdicts.map(({ status, reasons }) => [status, ...reasons]);

test.each([
  ['networking/virtual-service-reviews-90-10', 1],
  ['networking/virtual-service-reviews-test-v2', 2],
  ['networking/virtual-service-ratings-test-abort', 2],
])('live traffic agrees with every rule of %s', async (name, rules) => {
  await using _rules = await applied(name);
  const report = await target.verify([sourceOf(`deploy/${name}.yaml`)]);
  expect(statuses(report)).toEqual(Array.from({ length: rules }, () => ['agrees']));
  expect(allAgree(report)).toBe(true);
});

test('delays and aborts have the predicted shares', async () => {
  const report = await verifiedText(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ratings }
spec:
  hosts: [ratings]
  http:
    - fault:
        delay: { percentage: { value: 30 }, fixedDelay: 2s }
        abort: { percentage: { value: 20 }, httpStatus: 500 }
      route: [{ destination: { host: ratings, subset: v1 } }]
`);
  expect(statuses(report)).toEqual([['agrees']]);
  expect(report.verdicts[0]?.outcomes.map(({ label, predicted }) => [label, predicted])).toEqual([
    ['200 ratings-v1', expect.closeTo(0.56)],
    ['200 ratings-v1 after 2 s', expect.closeTo(0.24)],
    ['500 from the proxy', expect.closeTo(0.14)],
    ['500 from the proxy after 2 s', expect.closeTo(0.06)],
  ]);
});

test('redirects, direct responses, rewrites, header mutations and regular expressions agree', async () => {
  const report = await verifiedText(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - match: [{ uri: { prefix: /old } }]
      redirect: { uri: /reviews/0, redirectCode: 302 }
    - match: [{ queryParams: { tea: {} } }]
      directResponse: { status: 418, body: { string: short and stout } }
    - match: [{ headers: { cookie: { regex: '^(.*?;)?(user=jason)(;.*)?$' } } }]
      headers: { response: { set: { x-rule: edits }, remove: [x-bookinfo-version] } }
      route: [{ destination: { host: reviews, subset: v2 } }]
    - match: [{ uri: { regex: '/r/[0-9]+' } }]
      rewrite: { uri: /reviews/0 }
      route: [{ destination: { host: reviews, subset: v1 } }]
    - route: [{ destination: { host: reviews, subset: v3 }, weight: 1 }, { destination: { host: reviews, subset: v9 }, weight: 3 }]
`);
  expect(outcomesOf(report)).toEqual([
    ['agrees', { '302 from the proxy to http://reviews:9080/reviews/0': 1 }],
    ['agrees', { '418 from the proxy': 1 }],
    ['agrees', { '200 reviews-v2 ratings-v1': 1 }],
    ['agrees', { '200 reviews-v1': 1 }],
    ['agrees', { '503 from the proxy': 0.75, '200 reviews-v3 ratings-v1': 0.25 }],
  ]);
});

test("the gateway retries responses that productpage's sidecar aborts: p^(2 * (1 + retries)), since productpage has two attempts", async () => {
  const report = await verifiedText(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - fault: { abort: { percentage: { value: 80 }, httpStatus: 503 } }
      route: [{ destination: { host: reviews, subset: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bookinfo }
spec:
  hosts: ['*']
  gateways: [bookinfo-gateway]
  http:
    - match: [{ uri: { exact: /api/v1/products/0/reviews } }]
      retries: { attempts: 2, retryOn: '503' }
      route: [{ destination: { host: productpage } }]
    - route: [{ destination: { host: productpage } }]
`);
  expect(outcomesOf(report)).toEqual([
    ['agrees', { '503 from the proxy': expect.closeTo(0.8), '200 reviews-v1': expect.closeTo(0.2) }],
    [
      'agrees',
      {
        '200 productpage-v1 reviews-v1': expect.closeTo(1 - 0.8 ** 6),
        '503 productpage-v1': expect.closeTo(0.8 ** 6),
      },
    ],
    [
      'agrees',
      {
        '200 productpage-v1 details-v1': expect.closeTo(0.64),
        '200 productpage-v1 details-v1 reviews-v1': expect.closeTo(0.36),
      },
    ],
  ]);
});

test('retries are tested when a backend is known to fail, and untestable otherwise', async () => {
  const rules = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ratings }
spec:
  hosts: [ratings]
  http:
    - retries: { attempts: 2, retryOn: '503' }
      route: [{ destination: { host: ratings, subset: faulty } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ratings }
spec: { host: ratings, subsets: [{ name: v1, labels: { version: v1 } }, { name: faulty, labels: { version: v-faulty } }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ratings-v-faulty }
spec:
  selector: { matchLabels: { app: ratings, version: v-faulty } }
  template:
    metadata: { labels: { app: ratings, version: v-faulty } }
    spec:
      containers:
        - name: ratings
          image: bookinfo/ratings:0.1.0
          env: [{ name: SERVICE_VERSION, value: v-faulty }]
          ports: [{ containerPort: 9080 }]
`;
  await using _rules = await appliedText(rules);
  await target.whenReady();
  const claimed = rulesOfTest(rules);
  const known = await target.verify([claimed], ['ratings-v-faulty: 503 50%']);
  const unknown = await target.verify([claimed]);
  expect(outcomesOf(known)).toEqual([
    [
      'agrees',
      {
        '200 ratings-v-faulty': expect.closeTo(1 - 0.5 ** 3),
        '503 ratings-v-faulty': expect.closeTo(0.5 ** 3),
      },
    ],
  ]);
  expect(unknown.verdicts.map(({ title, status }) => [title, status])).toEqual([
    [expect.stringMatching(/^VirtualService\/[^/]+\/ratings line 8$/), 'disagrees'],
    [expect.stringMatching(/^VirtualService\/[^/]+\/ratings line 8, retries$/), 'untestable'],
  ]);
});

test('rules that are not applied are not in force, and no request is sent for them', async () => {
  const { verdicts } = await target.verify([
    sourceOf('deploy/networking/virtual-service-reviews-90-10.yaml'),
  ]);
  expect(verdicts.map(({ status, responses }) => [status, responses])).toEqual([['not in force', 0]]);
});

test('a file is not in force when the mesh has another rule of the same name', async () => {
  await using _rules = await applied('networking/virtual-service-reviews-v3');
  const { verdicts } = await target.verify([
    sourceOf('deploy/networking/virtual-service-reviews-50-v3.yaml'),
  ]);
  expect(verdicts.map(({ status }) => status)).toEqual(['not in force']);
});

test('live traffic agrees with an HTTPRoute', async () => {
  const files = ['platform/kube/bookinfo-versions', 'gateway-api/route-reviews-90-10'];
  await using _rules = await applied(...files);
  const report = await target.verify(files.map((file) => sourceOf(`deploy/${file}.yaml`)));
  expect(outcomesOf(report)).toEqual([
    ['agrees', { '200 reviews-v1': 0.9, '200 reviews-v2 ratings-v1': 0.1 }],
  ]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdminClient, verify } from '@bookinfo/mesh';
import { allAgree, type Report } from '@bookinfo/verdict';
import { DEFAULT_MESH_CONFIG, formatProblem, modelOfFiles, type Source } from '@bookinfo/rules';
import { bookinfo } from '@bookinfo/application';
import { parseAssumption } from '@bookinfo/analysis';
import { systemClock } from '@bookinfo/effects';
import { expect, inject, test } from 'vitest';
import { applied, appliedFiles, appliedText } from '../support/mesh.js';
import { networking, root } from '../support/repository.js';

const BASE = [
  'deploy/platform/kube/bookinfo.yaml',
  'deploy/networking/bookinfo-gateway.yaml',
  'deploy/networking/destination-rule-all.yaml',
];

/** Verifies these files and returns the report. */
async function verified(claimed: Source[], assume: string[] = []): Promise<Report> {
  const result = modelOfFiles([...BASE.map(source), ...claimed], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const files = new Set(claimed.map(({ file }) => file));
  return verify(new AdminClient(inject('adminPort')), result.model, files, {
    application: bookinfo,
    assumptions: assume.map(parseAssumption),
    clock: systemClock,
    random: Math.random,
    onProgress: () => undefined,
  });
}

function source(file: string): Source {
  return { file, text: readFileSync(join(root, file), 'utf8') };
}

/** Applies the rules, verifies them, and deletes them. */
async function verifiedText(text: string): Promise<Report> {
  await using _rules = await appliedText(text);
  return await verified([{ file: 'rules of the test', text }]);
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
  ['virtual-service-reviews-90-10', 1],
  ['virtual-service-reviews-test-v2', 2],
  ['virtual-service-ratings-test-abort', 2],
])('live traffic agrees with every rule of %s', async (name, rules) => {
  await using _rules = await applied(name);
  const report = await verified([source(networking(name))]);
  expect(statuses(report)).toEqual(Array.from({ length: rules }, () => ['agrees']));
  expect(allAgree(report)).toBe(true);
});

test('delays and aborts have the predicted shares', async () => {
  const rules = {
    file: 'rules of the test',
    text: `
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
`,
  };
  await using _rules = await appliedText(rules.text);
  const report = await verified([rules]);
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
  const gateway = source('deploy/networking/bookinfo-gateway.yaml');
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
`).finally(() => new AdminClient(inject('adminPort')).apply([gateway]));
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
  const subsets = source('deploy/networking/destination-rule-all.yaml');
  await using _rules = await appliedText(rules);
  const admin = new AdminClient(inject('adminPort'));
  const isReady = async () =>
    (await admin.mesh()).sidecars.some(({ workload }) => workload === 'default/ratings-v-faulty');
  await expect.poll(isReady).toBe(true);
  const claimed = { file: 'rules of the test', text: rules };
  const known = await verified([claimed], ['ratings-v-faulty: 503 50%']);
  const unknown = await verified([claimed]);
  await admin.apply([subsets]);
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
    ['VirtualService/default/ratings line 8', 'disagrees'],
    ['VirtualService/default/ratings line 8, retries', 'untestable'],
  ]);
});

test('rules that are not applied are not in force, and no request is sent for them', async () => {
  const { verdicts } = await verified([source(networking('virtual-service-reviews-90-10'))]);
  expect(verdicts.map(({ status, responses }) => [status, responses])).toEqual([['not in force', 0]]);
});

test('a file is not in force when the mesh has another rule of the same name', async () => {
  await using _rules = await applied('virtual-service-reviews-v3');
  const { verdicts } = await verified([source(networking('virtual-service-reviews-50-v3'))]);
  expect(verdicts.map(({ status }) => status)).toEqual(['not in force']);
});

test('live traffic agrees with an HTTPRoute', async () => {
  const files = ['platform/kube/bookinfo-versions', 'gateway-api/route-reviews-90-10'];
  await using _rules = await appliedFiles(...files);
  const report = await verified(files.map((file) => source(`deploy/${file}.yaml`)));
  expect(outcomesOf(report)).toEqual([
    ['agrees', { '200 reviews-v1': 0.9, '200 reviews-v2 ratings-v1': 0.1 }],
  ]);
});

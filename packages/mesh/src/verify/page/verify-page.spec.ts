import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { shop, shopManifests } from '@bookinfo/analysis/testing';
import { systemClock } from '@bookinfo/effects';
import { DEFAULT_MESH_CONFIG, modelOfFiles, formatProblem } from '@bookinfo/rules';
import type { Report } from '@bookinfo/verdict';
import { startBackend } from '@bookinfo/testing';
import { verifyPage } from './verify-page.js';

/** An ingress whose page has stock v2 every n-th time, and always for a signed-in user. */
function ingress(everyNth: number): RequestListener {
  let pages = 0;
  return (request, response) => {
    if (request.method === 'POST') {
      const cookie = { 'set-cookie': 'session=jason; HttpOnly; Path=/' };
      response.writeHead(request.url === '/session' ? 302 : 404, cookie).end();
      return;
    }
    // Control requests go to another path.
    if (request.url === '/front/0') pages += 1;
    const isV2 = request.headers.cookie === 'session=jason' || pages % everyNth === 0;
    response.setHeader('content-type', 'text/html').end(`<p>From stock ${isV2 ? 'v2' : 'v1'} </p>`);
  };
}

const to = (version: string, weight = 100) =>
  `{ destination: { host: stock, subset: ${version} }, weight: ${weight} }`;

function verified(listener: RequestListener, http: string): Promise<Report> {
  const rules = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: stock }
spec: { hosts: [stock], http: [${http}] }
`;
  return verifiedAt('http', listener, rules);
}

async function verifiedAt(
  scheme: 'http' | 'https',
  listener: RequestListener,
  text: string,
): Promise<Report> {
  const result = modelOfFiles([shopManifests(), { file: 'rules.yaml', text }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  await using backend = await startBackend('ingress', listener);
  const url = new URL(`${scheme}://127.0.0.1:${backend.endpoint.port}/front/0`);
  return await verifyPage(url, result.model, new Set(['services.yaml', 'rules.yaml']), {
    application: shop,
    clock: systemClock,
    random: Math.random,
    onProgress: () => undefined,
  });
}

test('pages of an application other than Bookinfo agree with the shares of a file', async () => {
  const { verdicts } = await verified(ingress(10), `{ route: [${to('v1', 90)}, ${to('v2', 10)}] }`);
  expect(verdicts.map(({ title, status }) => [title, status])).toEqual([
    ['The page, not signed in', 'agrees'],
  ]);
  expect(verdicts[0]?.outcomes.map(({ label, predicted }) => [label, predicted])).toEqual([
    ['stock v1', 0.9],
    ['stock v2', 0.1],
  ]);
});

test('pages in other shares disagree', async () => {
  const { verdicts } = await verified(ingress(2), `{ route: [${to('v1', 90)}, ${to('v2', 10)}] }`);
  expect(verdicts.map(({ status }) => status)).toEqual(['disagrees']);
});

test('a user whom a rule names is signed in', async () => {
  const jason = `{ match: [{ headers: { x-user: { exact: jason } } }], route: [${to('v2')}] }`;
  const { verdicts } = await verified(ingress(Infinity), `${jason}, { route: [${to('v1')}] }`);
  expect(verdicts.map(({ title, status, outcomes }) => [title, status, outcomes[0]?.label])).toEqual([
    ['The page, not signed in', 'agrees', 'stock v1'],
    ['The page, signed in as jason', 'agrees', 'stock v2'],
  ]);
});

test('one page of a version without a share disagrees', async () => {
  const { verdicts } = await verified(ingress(40), `{ route: [${to('v1')}] }`);
  expect(verdicts.map(({ status, firstUnpredicted }) => [status, firstUnpredicted])).toEqual([
    ['disagrees', 'stock v2'],
  ]);
});

test('pages that only a Service that the files lack would give are not in force, at the line of the rule', async () => {
  const { verdicts } = await verified(ingress(Infinity), '{ route: [{ destination: { host: stock-v1 } }] }');
  expect(verdicts).toMatchObject([
    {
      status: 'not in force',
      origin: { file: 'rules.yaml', line: 5 },
      reasons: ['for 5 s no page was one that the files alone give (503 and no page); the last: stock v1'],
      findings: [expect.stringMatching(/^rules\.yaml:5: error: no Service .* has the host stock-v1\./)],
    },
  ]);
});

const SECURE = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: secure }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      hosts: ['*']
      tls: { mode: SIMPLE, credentialName: shop }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: secure }
spec: { hosts: ['*'], gateways: [secure], http: [{ directResponse: { status: 418 } }] }
`;

test.each([
  ['a gateway with a server of HTTPS has that one', SECURE, '418 and no page'],
  [
    'a gateway without one has http, as TLS ends before it',
    SECURE.replaceAll('ingressgateway', 'none'),
    'stock v1; stock v2',
  ],
])('a page of https behind %s', async (_, rules, expected) => {
  const { verdicts } = await verifiedAt('https', ingress(2), rules);
  expect(verdicts[0]?.reasons[0]).toContain(`that the files alone give (${expected})`);
});

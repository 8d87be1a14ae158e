import { describe, expect, test } from 'vitest';
import { DEFAULT_MESH_CONFIG, type MeshConfig, modelOfFiles, formatProblem } from '@bookinfo/rules';
import { check } from '../check/check.js';
import type { ProbeRequest } from '../explain/probe-request.js';
import { shop, shopManifests } from '../testing/shop.js';
import { responseLabel } from './predicted-response.js';
import { probeOf } from '../explain/probe.js';
import { predict, predictWithCauses } from './predict.js';

const FROM_OUTSIDE: Partial<ProbeRequest> = { url: 'http://localhost/front/0', from: undefined };

/** Returns the share of each response under a rule for stock. */
function shares(
  rule: string | undefined,
  probe: Partial<ProbeRequest> = {},
  {
    manifests = [shopManifests()],
    ...meshConfig
  }: Partial<MeshConfig> & { manifests?: ReturnType<typeof shopManifests>[] } = {},
): Record<string, number> {
  const rules = rule === undefined ? [] : [{ file: 'rules.yaml', text: rule }];
  const result = modelOfFiles([...manifests, ...rules], { ...DEFAULT_MESH_CONFIG, ...meshConfig });
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const request = { method: 'GET', url: 'http://stock:8080/stock/0', headers: {}, from: 'front' };
  const responses = predict(probeOf(result.model, { ...request, ...probe }), shop);
  expect(responses.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  return Object.fromEntries(
    responses.map(({ value, share }) => [responseLabel(value), Number(share.toFixed(12))]),
  );
}

const stock = (http: string, namespace = 'default'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: stock, namespace: ${namespace} }
spec: { hosts: [stock], http: [${http}] }
`;
const V1 = 'route: [{ destination: { host: stock, subset: v1 } }]';
const SPLIT = `route: [{ destination: { host: stock, subset: v1 }, weight: 1 }, { destination: { host: stock, subset: v2 }, weight: 3 }]`;
const delay = (percentage: number, fixedDelay: string): string =>
  `fault: { delay: { percentage: { value: ${percentage} }, fixedDelay: ${fixedDelay} } }`;
const abort = (percentage: number, httpStatus: number): string =>
  `fault: { abort: { percentage: { value: ${percentage} }, httpStatus: ${httpStatus} } }`;

describe('one hop', () => {
  test('without a rule every pod has an equal share', () => {
    expect(shares(undefined)).toEqual({ '200 stock-v1': 0.5, '200 stock-v2': 0.5 });
  });

  test('weights 1 and 3 are a quarter and three quarters', () => {
    expect(shares(stock(`{ ${SPLIT} }`))).toEqual({ '200 stock-v2': 0.75, '200 stock-v1': 0.25 });
  });

  test('delay and abort are drawn independently, before the choice of a version', () => {
    const fault =
      'fault: { delay: { percentage: { value: 10 }, fixedDelay: 2s }, abort: { percentage: { value: 20 }, httpStatus: 503 } }';
    expect(shares(stock(`{ ${fault}, ${SPLIT} }`))).toEqual({
      '200 stock-v2': 0.54,
      '503 from the proxy': 0.18,
      '200 stock-v1': 0.18,
      '200 stock-v2 after 2 s': 0.06,
      '503 from the proxy after 2 s': 0.02,
      '200 stock-v1 after 2 s': 0.02,
    });
  });

  test('the share of a missing subset is a 503', () => {
    expect(shares(stock(`{ ${SPLIT.replace('subset: v2', 'subset: v9')} }`))).toEqual({
      '503 from the proxy': 0.75,
      '200 stock-v1': 0.25,
    });
  });

  test('a request that no route matches is a 404', () => {
    expect(shares(stock(`{ match: [{ uri: { prefix: /other } }], ${V1} }`))).toEqual({
      '404 from the proxy': 1,
    });
  });

  test('a request to an undeclared host leaves the mesh', () => {
    expect(shares(undefined, { url: 'http://example.com/' })).toEqual({ 'any response of example.com': 1 });
  });

  test('under REGISTRY_ONLY it is a 502, or the connection is closed at a port without a listener', () => {
    const meshConfig = { outboundTrafficPolicy: 'REGISTRY_ONLY' } as const;
    expect(shares(undefined, { url: 'http://example.com:8080/' }, meshConfig)).toEqual({
      '502 from the proxy': 1,
    });
    expect(shares(undefined, { url: 'http://example.com:8123/' }, meshConfig)).toEqual({
      'the connection is closed': 1,
    });
  });

  test('redirects and direct responses are the responses', () => {
    expect(shares(stock('{ redirect: { uri: /new } }'))).toEqual({
      '301 from the proxy to http://stock:8080/new': 1,
    });
    expect(shares(stock('{ directResponse: { status: 418 } }'))).toEqual({ '418 from the proxy': 1 });
  });

  test("a route's timeout cuts off later responses", () => {
    // The delay is that of stock's own sidecar as a client: a fault of the same rule would come before the timeout.
    const rule = `{ timeout: 0.5s, route: [{ destination: { host: front } }] }`;
    const slow = stock(`{ ${delay(25, '0.75s')}, ${V1} }`);
    const front = stock(rule).replaceAll('name: stock', 'name: front').replace('[stock]', '[front]');
    expect(shares(`${slow}---${front}`, { url: 'http://front:8080/front/0', from: 'stock-v1' })).toEqual({
      '200 front-v1 stock-v1': 0.75,
      '504 from the proxy after 0.5 s': 0.25,
    });
  });
});

describe('an invented application, hop by hop', () => {
  test('the response of a program includes that of the backend it calls', () => {
    expect(shares(stock(`{ ${SPLIT} }`), FROM_OUTSIDE)).toEqual({
      '200 front-v1 stock-v2': 0.75,
      '200 front-v1 stock-v1': 0.25,
    });
  });

  test('a program without a path for the request responds as it says', () => {
    expect(shares(undefined, { ...FROM_OUTSIDE, url: 'http://localhost/other' })).toEqual({
      '404 front-v1': 1,
    });
  });

  test('a second attempt makes up for half of the aborts', () => {
    expect(shares(stock(`{ ${abort(50, 500)}, ${V1} }`), FROM_OUTSIDE)).toEqual({
      '200 front-v1 stock-v1': 0.5,
      '200 front-v1 stock-v1, 2 attempts of a nested call': 0.25,
      '500 front-v1, 2 attempts of a nested call': 0.25,
    });
  });

  test('each attempt has the time limit of the program, and a response due exactly then is too late', () => {
    expect(shares(stock(`{ ${delay(100, '1s')}, ${V1} }`), FROM_OUTSIDE)).toEqual({
      '500 front-v1 after 2 s, 2 attempts of a nested call': 1,
    });
    expect(shares(stock(`{ ${delay(100, '0.9s')}, ${V1} }`), FROM_OUTSIDE)).toEqual({
      '200 front-v1 stock-v1 after 0.9 s': 1,
    });
  });

  test.each([
    [{ headers: { 'x-trace': 'a' } }, 'stock-v2'],
    [{ headers: { 'x-other': 'a' } }, 'stock-v1'],
    [{ user: 'jason' }, 'stock-v2'],
    [{ headers: { 'x-user': 'jason' } }, 'stock-v1'],
  ])('the request to the backend has the headers that the application propagates: %j', (probe, version) => {
    const matches = 'match: [{ headers: { x-trace: {} } }, { headers: { x-user: { exact: jason } } }]';
    const rules = `{ ${matches}, route: [{ destination: { host: stock, subset: v2 } }] }, { ${V1} }`;
    expect(shares(stock(rules), { ...FROM_OUTSIDE, ...probe })).toEqual({
      [`200 front-v1 ${version}`]: 1,
    });
  });

  test('the backend is that of the namespace of the program, under the rules that its sidecar has', () => {
    const manifests = [shopManifests(), shopManifests('other')];
    const rules = [
      stock(`{ ${V1} }`),
      stock(`{ ${abort(100, 418)}, ${V1} }`, 'other').replace('[stock]', '[stock], exportTo: [.]'),
    ].join('---');
    expect(shares(rules, { from: 'stock-v1', url: 'http://front:8080/front/0' }, { manifests })).toEqual({
      '200 front-v1 stock-v1': 1,
    });
    expect(
      shares(rules, { from: 'stock-v1', url: 'http://front.other:8080/front/0' }, { manifests }),
    ).toEqual({
      '418 front-v1, 2 attempts of a nested call': 1,
    });
  });
});

/** Returns an HTTPRoute for stock. */
const httpRoute = (weights: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: stock }
spec:
  parentRefs: [{ group: '', kind: Service, name: stock }]
  rules: [{ backendRefs: [${weights}] }]
`;

test('the causes of a prediction are the rules on the way, and what check reports of their destinations', () => {
  const text = httpRoute(
    '{ name: stock-v1, port: 8080, weight: 90 }, { name: stock, port: 8080, weight: 10 }',
  );
  const files = [shopManifests(), { file: 'rules.yaml', text }];
  const result = modelOfFiles(files, DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const { model } = result;
  const sent = { method: 'GET', url: 'http://localhost/front/0', headers: {} };
  const { rules, findings } = predictWithCauses(probeOf(model, sent), shop);
  expect(rules.map(({ resource }) => resource)).toEqual([
    'VirtualService/default/shop',
    'HTTPRoute/default/stock',
  ]);
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^no Service .* has the host stock-v1\..*: 90 % of the requests get 500$/),
  ]);
  expect(check(model, shop, new Set(['rules.yaml']))).toEqual(expect.arrayContaining([...findings]));
});

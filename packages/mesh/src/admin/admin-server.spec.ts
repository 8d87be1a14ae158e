import { request, type OutgoingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { ask, askRaw, ManualClock } from '@bookinfo/testing';
import { DEFAULT_MESH_CONFIG } from '@bookinfo/rules';
import { AdminClient, MeshUnreachable, SourceProblems } from './admin-client.js';
import { InvalidRequest, type Explanation } from '@bookinfo/analysis';
import { AdminServer } from './admin-server.js';
import { createToken, readToken, removeToken, tokenFile, writeToken } from './token-file.js';
import { jsonOf } from '../controller/json.js';
import { LoadGenerator } from '../load/load-generator.js';
import { MeshServer } from '../control/mesh-server.js';
import { Verification } from '../verification/verification.js';
import { NotFoundError } from '../print/show-resources.js';

const WORKLOADS = new URL('../../test/workloads/shop.js', import.meta.url).href;

/** A mesh that records its calls. */
function recordingMesh() {
  const calls: unknown[] = [];
  return {
    calls,
    gatewayUrl: 'http://localhost:9080',
    gateways: [],
    startedAt: new Date('2026-01-31T12:00:00Z'),
    dataPlane: 'embedded' as const,
    apply: (...parameters: unknown[]) => {
      calls.push(parameters);
      return Promise.resolve({ changes: [], notices: [], warnings: [] });
    },
    delete: () => Promise.resolve({ problems: [{ file: 'a.yaml', line: 3, column: 1, message: 'wrong' }] }),
    meshConfig: DEFAULT_MESH_CONFIG,
    sidecars: [],
    restart: (deployment: string) => {
      if (deployment === 'nothing') throw new NotFoundError('none');
      calls.push(deployment);
    },
    scale: () => Promise.resolve({ changes: [], notices: [], warnings: [] }),
    podStates: () => [],
    graph: () => ({ at: '', windowSeconds: 60, isFromSpans: false, nodes: [], edges: [] }),
    traces: () => ({ traces: [], held: 0, dropped: 0 }),
    trace: () => {
      throw new NotFoundError('none');
    },
    verification: new Verification(() => ({ adminPort: 0, workloads: WORKLOADS })),
    load: new LoadGenerator({
      gatewayUrl: () => '',
      page: () => Promise.reject(new Error('no page')),
      clock: new ManualClock(),
    }),
    rules: () => Promise.resolve(jsonOf({ resources: [] })),
    check: () => Promise.resolve(jsonOf({ problems: [], notices: [], warnings: [] })),
    logs: (deployment: string) => [{ pod: `${deployment}-x`, output: 'line\n' }],
    predict: () => Promise.resolve(jsonOf({ responses: [], findings: [] })),
    explain: (): Promise<never> => Promise.reject(new InvalidRequest('"nobody" is no workload')),
    get: (kind?: string) =>
      kind === 'nothing'
        ? Promise.reject(new NotFoundError('none'))
        : Promise.resolve(jsonOf({ tables: [], items: [] })),
  };
}

async function startAdmin() {
  const mesh = recordingMesh();
  const admin = await AdminServer.start(mesh, { adminPort: 0 });
  const authorization = String(readToken(admin.port));
  const post = (body: string, headers: OutgoingHttpHeaders = {}) =>
    ask(admin.port, {
      path: '/apply',
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization, ...headers },
    });
  const askMesh = () => ask(admin.port, { path: '/mesh', headers: { authorization } });
  return { mesh, admin, authorization, post, askMesh, [Symbol.asyncDispose]: () => admin.close() };
}

const nothing = JSON.stringify({ sources: [], strict: false });

test('apply passes on the files with their names', async () => {
  await using running = await startAdmin();
  const sources = [{ file: 'a.yaml', text: 'kind: Ä' }];
  expect(await running.post(JSON.stringify({ sources, strict: true }))).toMatchObject({
    status: 200,
    body: '{"changes":[],"notices":[],"warnings":[]}',
  });
  expect(running.mesh.calls).toEqual([[sources, true]]);
});

test.each([
  [{ deployment: 'echo-v1', namespace: 'default', replicas: 21 }, '/scale', 'replicas'],
  [{ deployment: 'echo-v1', namespace: 'default', replicas: 0.5 }, '/scale', 'replicas'],
  [{ isOn: true, requestsPerSecond: 201 }, '/load', 'requestsPerSecond'],
  [{ isOn: true, requestsPerSecond: 1, user: '' }, '/load', 'user'],
])('%o at %s is a 400 that names the field', async (value, path, field) => {
  await using running = await startAdmin();
  const headers = { 'content-type': 'application/json', authorization: running.authorization };
  const body = JSON.stringify(value);
  const response = await ask(running.admin.port, { path, method: 'POST', body, headers });
  expect([response.status, JSON.parse(response.body)]).toEqual([
    400,
    { error: expect.stringContaining(field) },
  ]);
});

test('an invalid probe is a 400 with the reason', async () => {
  await using running = await startAdmin();
  const body = JSON.stringify({ method: 'GET', url: 'http://reviews/', headers: {}, from: 'nobody' });
  const headers = { 'content-type': 'application/json', authorization: running.authorization };
  expect(await ask(running.admin.port, { path: '/explain', method: 'POST', body, headers })).toMatchObject({
    status: 400,
    body: '{"error":"\\"nobody\\" is no workload"}',
  });
});

test.each([
  ['with an empty token', () => ''],
  ['with another token', () => 'Bearer 1.x'],
  ['with a token that is cut', (own: string) => own.slice(0, -1)],
  ['with a token that is longer', (own: string) => `${own}x`],
])('a request %s is a 401 that names the file', async (_, change) => {
  await using running = await startAdmin();
  const authorization = change(running.authorization);
  expect(await running.post(nothing, { authorization })).toMatchObject({
    status: 401,
    body: `{"error":"Authorization must be the header in the file ${tokenFile(running.admin.port)}"}`,
  });
  expect(running.mesh.calls).toEqual([]);
});

test.each([
  ['that is not JSON', '{', 400, 'the body is not JSON'],
  ['of another shape', '{"sources":[{"file":1,"text":""}],"strict":false}', 400, 'sources.0.file'],
  ['with an unknown field', '{"sources":[],"strict":false,"force":true}', 400, 'force'],
])('a body %s is a 400 with the reason', async (_, body, status, message) => {
  await using running = await startAdmin();
  const response = await running.post(body);
  expect(response.status).toBe(status);
  expect(JSON.parse(response.body)).toEqual({ error: expect.stringContaining(message) });
});

test('a body of 10 MB is a 413, and the next request is served', async () => {
  await using running = await startAdmin();
  expect((await running.post('x'.repeat(10_000_000), { 'content-length': 10_000_000 })).status).toBe(413);
  expect((await running.post('x'.repeat(10_000_000), { 'transfer-encoding': 'chunked' })).status).toBe(413);
  expect((await running.askMesh()).status).toBe(200);
});

test('unknown paths, wrong methods and missing resources are errors in JSON', async () => {
  await using running = await startAdmin();
  const { authorization } = running;
  const get = async (path: string) => {
    const { status, body } = await ask(running.admin.port, { path, headers: { authorization } });
    return [status, JSON.parse(body)];
  };
  expect(await get('/../etc/passwd')).toEqual([404, { error: 'no such path' }]);
  expect(await get('/apply')).toEqual([405, { error: 'use POST /apply' }]);
  expect(await get('/resources?kind=nothing')).toEqual([404, { error: 'none' }]);
  expect(await askRaw(running.admin.port, 'rubbish\r\n\r\n')).toContain('400 Bad Request');
});

test('the endpoint serves on after a client has broken off its request', async () => {
  await using running = await startAdmin();
  await new Promise((resolve) => {
    const { authorization } = running;
    const headers = { 'content-type': 'application/json', 'content-length': 100, authorization };
    const half = request({ port: running.admin.port, path: '/apply', method: 'POST', headers });
    half.once('error', resolve);
    half.write('{', () => half.destroy(new Error('gone')));
  });
  expect((await running.askMesh()).status).toBe(200);
});

test('the client throws the problems of files as a SourceProblems', async () => {
  await using running = await startAdmin();
  const error: unknown = await new AdminClient(running.admin.port)
    .delete([])
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SourceProblems);
  expect((error as SourceProblems).problems).toMatchObject([{ file: 'a.yaml', line: 3 }]);
});

test('the client returns the output of each pod', async () => {
  await using running = await startAdmin();
  expect(await new AdminClient(running.admin.port).logs('echo-v1', 'default')).toEqual({
    pods: [{ pod: 'echo-v1-x', output: 'line\n' }],
  });
});

test('a restart of a Deployment that does not exist is an error of the client', async () => {
  await using running = await startAdmin();
  const client = new AdminClient(running.admin.port);
  await client.restart('echo-v1', 'default');
  expect(running.mesh.calls).toEqual(['echo-v1']);
  await expect(client.restart('nothing', 'default')).rejects.toThrow('none');
});

test('the client tells a missing mesh from another program on the port', async () => {
  const meshConfig = { ...DEFAULT_MESH_CONFIG, istioVersion: '1.20' };
  const mesh = await MeshServer.start({
    adminPort: 0,
    workloads: WORKLOADS,
    meshConfig,
  });
  const client = new AdminClient(mesh.adminPort);
  expect(await client.mesh()).toEqual({
    url: mesh.gatewayUrl,
    gateways: [
      {
        gateway: 'istio-ingressgateway',
        namespace: 'istio-system',
        isIngress: true,
        port: 80,
        url: mesh.gatewayUrl,
        problems: [],
      },
    ],
    pid: process.pid,
    startedAt: mesh.startedAt.toISOString(),
    dataPlane: 'embedded',
    meshConfig,
    sidecars: [],
  });
  const gatewayPort = Number(new URL(mesh.gatewayUrl).port);
  await expect(new AdminClient(gatewayPort).mesh()).rejects.toThrow(MeshUnreachable);
  writeToken(gatewayPort, createToken());
  await expect(new AdminClient(gatewayPort).mesh()).rejects.toThrow('is not the admin endpoint of a mesh');
  removeToken(gatewayPort);
  await mesh.stop(0);
  await expect(client.mesh()).rejects.toThrow(MeshUnreachable);
});

const HEADERS = { remove: ['a'], add: [{ name: 'b', value: 'c', append: true }] };
const EDITS = { requestHeaders: HEADERS, responseHeaders: HEADERS };
const REFERENCE = { resource: 'VirtualService/default/root', name: 'all', file: 'a.yaml', line: 3 };

/** An explanation with every field. */
const EXPLANATION: Explanation = {
  ...EDITS,
  from: 'productpage-v1',
  request: { port: 80, method: 'GET', scheme: 'http', authority: 'a', path: '/', headers: { x: 'y' } },
  virtualHost: 'a:80',
  hint: 'b:80',
  rewrittenPath: '/b',
  location: 'http://c/',
  rule: { ...REFERENCE, delegatedBy: REFERENCE },
  passedOver: [{ ...REFERENCE, reason: 'method is GET' }],
  leftOut: [{ ...REFERENCE, code: 'older-rule', reason: 'another one is older' }],
  isPreflight: false,
  fault: {
    delay: { percentage: 1, fixedDelayMs: 2 },
    abort: { percentage: 3, httpStatus: 500, grpcStatus: 14 },
  },
  cors: {
    allowOrigins: [{ kind: 'prefix', value: 'http://' }],
    allowMethods: 'GET',
    allowHeaders: 'a',
    exposeHeaders: 'b',
    maxAge: 60,
    allowCredentials: true,
    forwardUnmatchedPreflights: false,
  },
  action: {
    kind: 'forward',
    weightedClusters: [{ ...EDITS, name: 'c', weight: 1, hostRewrite: 'h' }],
    destinations: [
      {
        ...EDITS,
        cluster: 'c',
        share: 1,
        state: 'ready',
        lbPolicy: { kind: 'MAGLEV', tableSize: 65_537 },
        policy: {
          circuitBreakers: { maxConnections: 1, maxPendingRequests: 2, maxRequests: 3, maxRetries: 4 },
          connectTimeoutMs: 5,
          maxRequestsPerConnection: 6,
          idleTimeoutMs: 7,
          outlierDetection: {
            consecutive5xx: 1,
            consecutiveGatewayFailure: 2,
            consecutiveLocalOriginFailure: 3,
            splitExternalLocalOriginErrors: true,
            intervalMs: 4,
            baseEjectionTimeMs: 5,
            maxEjectionPercent: 6,
            minHealthPercent: 7,
          },
          tls: { sni: 's', subjectAltNames: ['n'], insecureSkipVerify: false },
        },
        endpoints: { 'reviews-v1': ['p'] },
        weights: { 'reviews-v1': 3 },
        hostRewrite: 'h',
      },
    ],
    timeoutMs: 1,
    retryPolicy: {
      numRetries: 1,
      retryOn: ['5xx'],
      retriableStatusCodes: [503],
      perTryTimeoutMs: 2,
      baseIntervalMs: 3,
      avoidPreviousHosts: true,
    },
    rewrite: { kind: 'regex', pattern: 'a', substitution: 'b' },
    hostRewrite: 'h',
    mirrors: [{ cluster: 'm', percentage: 5, shadowHostSuffix: true }],
    hashPolicies: [
      { kind: 'cookie', name: 'c', path: '/', ttlMs: 1 },
      { kind: 'header', name: 'h' },
      { kind: 'source-ip' },
      { kind: 'query-parameter', name: 'q' },
    ],
    clusterNotFoundStatus: 500,
  },
};

test.each<[string, Explanation]>([
  ['a forward', EXPLANATION],
  [
    'a redirect',
    {
      ...EXPLANATION,
      action: {
        kind: 'redirect',
        status: 308,
        host: 'h',
        scheme: 'https',
        port: 'from-protocol',
        path: { kind: 'path', value: '/' },
      },
    },
  ],
  ['a direct response', { ...EXPLANATION, action: { kind: 'direct-response', status: 200, body: 'b' } }],
  ['a blocked host', { ...EXPLANATION, action: { kind: 'blocked', hasListener: true } }],
])('the client receives every field of the explanation of %s', async (_, explanation) => {
  await using admin = await AdminServer.start(
    { ...recordingMesh(), explain: () => Promise.resolve(jsonOf(explanation)) },
    { adminPort: 0 },
  );
  const probe = { method: 'GET', url: 'http://a/', headers: {} };
  expect(await new AdminClient(admin.port).explain(probe)).toEqual(explanation);
});

test('the client refuses a response with a field that it does not know', async () => {
  const explanation = { ...EXPLANATION, added: 'in a later version' };
  await using admin = await AdminServer.start(
    { ...recordingMesh(), explain: () => Promise.resolve(jsonOf(explanation)) },
    { adminPort: 0 },
  );
  const probe = { method: 'GET', url: 'http://a/', headers: {} };
  await expect(new AdminClient(admin.port).explain(probe)).rejects.toThrow('mesh of this version');
});

import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { deadEndpoint, ask, makeCertificate } from '@bookinfo/testing';
import { deploymentYaml, type DeploymentParts } from '@bookinfo/rules/testing';
import { systemClock } from '@bookinfo/effects';
import { formatProblem } from '@bookinfo/rules';
import type { RouteTable } from '@bookinfo/routing';
import { AdminClient } from '../admin/admin-client.js';
import type { Applied } from '../admin/administered-mesh.js';
import { type DataPlane, TableRefused } from '../data-plane/data-plane.js';
import { containerDataPlane } from '../data-plane/container-data-plane.js';
import { EMBEDDED_DATA_PLANE } from '../data-plane/embedded-data-plane.js';
import { MeshServer } from './mesh-server.js';
import { whenReady } from './when-ready.js';

const WORKLOADS = new URL('../../test/workloads/shop.js', import.meta.url).href;
const gatewayYaml = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 8080, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: door }
spec: { hosts: ['*'], gateways: [door], http: [{ route: [{ destination: { host: echo } }] }] }
`;

/** A rule that aborts every request to echo with this status. */
const abortYaml = (httpStatus: number) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: echo }
spec:
  hosts: [echo]
  http:
    - fault: { abort: { percentage: { value: 100 }, httpStatus: ${httpStatus} } }
      route: [{ destination: { host: echo } }]
`;

async function startMesh(...deployments: DeploymentParts[]) {
  const mesh = await MeshServer.start({
    adminPort: 0,
    workloads: WORKLOADS,
  });
  const apply = (text: string) => mesh.apply([{ file: 'x.yaml', text }]);
  for (const parts of deployments) await apply(deploymentYaml(parts));
  await whenReady(mesh, 60_000, systemClock).catch(async (error: unknown) => {
    await mesh.stop(0);
    throw error;
  });
  const [pod] = mesh.pods;
  const port = Number(pod?.address?.split(':')[1]);
  const environment = pod && (JSON.parse((await ask(port, { path: '/env' })).body) as Record<string, string>);
  const sidecar = Number(new URL(environment?.['HTTP_PROXY'] ?? 'http://none').port);
  return {
    mesh,
    apply,
    remove: (text: string) => mesh.delete([{ file: 'x.yaml', text }]),
    gateway: Number(new URL(mesh.gatewayUrl).port),
    /** Asks as the pod itself would. */
    askAsPod: (path = '/') => ask(sidecar, { url: `http://echo:9080${path}` }),
    [Symbol.asyncDispose]: () => mesh.stop(0),
  };
}

test('pods reach each other by the names of Services, through their sidecars', async () => {
  await using running = await startMesh({ replicas: 2 });
  const names = new Set<string>();
  for (let count = 0; count < 40; count += 1) names.add((await running.askAsPod()).body);
  expect([...names].toSorted()).toEqual(running.mesh.pods.map((pod) => pod.name).toSorted());
});

test('questions to the admin endpoint are answered by the rules in force', async () => {
  await using running = await startMesh({});
  await running.apply(abortYaml(418));
  const admin = new AdminClient(running.mesh.adminPort);
  const probe = { method: 'GET', url: 'http://echo:9080/', headers: {}, from: 'echo-v1' };
  expect(await admin.explain(probe)).toMatchObject({ fault: { abort: { httpStatus: 418 } } });
  expect(await admin.predict(probe, [])).toMatchObject({
    responses: [{ value: { status: 418 }, share: 1 }],
    findings: [],
  });
  const { items } = await admin.get('virtualservices');
  expect(items).toMatchObject([{ metadata: { name: 'echo' } }]);
});

test('the outside comes in where a Gateway lets it, and nowhere before', async () => {
  await using running = await startMesh({});
  expect((await ask(running.gateway, { path: '/' })).status).toBe(404);
  await running.apply(gatewayYaml);
  expect(await ask(running.gateway, { path: '/' })).toMatchObject({ status: 200 });
});

test('a rule is in force when apply returns, and gone when delete does', async () => {
  await using running = await startMesh({});
  expect(await running.apply(abortYaml(418))).toMatchObject({
    changes: [{ name: 'echo', action: 'created' }],
  });
  expect((await running.askAsPod()).status).toBe(418);
  expect(await running.apply(abortYaml(555))).toMatchObject({ changes: [{ action: 'configured' }] });
  expect((await running.askAsPod()).status).toBe(555);
  expect(await running.remove(abortYaml(555))).toMatchObject({ changes: [{ action: 'deleted' }] });
  expect((await running.askAsPod()).status).toBe(200);
});

async function resourcesOf(mesh: MeshServer): Promise<object[]> {
  const { items } = JSON.parse(await mesh.get()) as { items: { kind: string }[] };
  return items.filter(({ kind }) => kind !== 'Pod');
}

test('a mesh that keeps its resources in a file begins with them after its end, as old as they were', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bookinfo-'));
  const file = join(folder, 'resources');
  let before;
  {
    await using running = await startMesh({});
    expect(await running.mesh.restore(file)).toBeUndefined();
    await running.mesh.keep(file);
    await running.apply(gatewayYaml);
    await running.apply(abortYaml(418));
    await running.apply(abortYaml(555));
    await running.remove(gatewayYaml);
    before = await resourcesOf(running.mesh);
  }
  const mesh = await MeshServer.start({ adminPort: 0, workloads: WORKLOADS });
  try {
    expect(await mesh.restore(file)).toMatchObject({ notices: [] });
    await whenReady(mesh, 60_000, systemClock);
    expect(await resourcesOf(mesh)).toEqual(before);
    const probe = { method: 'GET', url: 'http://echo:9080/', headers: {}, from: 'echo-v1' };
    expect(JSON.parse(await mesh.explain(probe))).toMatchObject({ fault: { abort: { httpStatus: 555 } } });
  } finally {
    await mesh.stop(0);
    await rm(folder, { recursive: true });
  }
});

const applyNew = (mesh: MeshServer, text: string) => mesh.applyNew([{ file: 'x.yaml', text }]);

test('of a file, only the resources that a mesh has never had are new, whatever became of the others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bookinfo-'));
  const file = join(folder, 'resources');
  const both = `${gatewayYaml}---\n${abortYaml(418)}`;
  {
    await using running = await startMesh({});
    await running.mesh.keep(file);
    expect(await applyNew(running.mesh, 'kind: [')).toMatchObject({ problems: [{ file: 'x.yaml' }] });
    const { changes } = (await applyNew(running.mesh, both)) as Applied;
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['created']));
    await running.remove(gatewayYaml);
    await running.apply(abortYaml(555));
  }
  const mesh = await MeshServer.start({ adminPort: 0, workloads: WORKLOADS });
  try {
    await mesh.restore(file);
    const before = await resourcesOf(mesh);
    expect(await applyNew(mesh, both)).toMatchObject({ changes: [] });
    expect(await resourcesOf(mesh)).toEqual(before);
    expect(await applyNew(mesh, `${both}---\n${abortYaml(418).replaceAll('echo', 'other')}`)).toMatchObject({
      changes: [{ name: 'other', action: 'created' }],
    });
  } finally {
    await mesh.stop(0);
    await rm(folder, { recursive: true });
  }
});

test.each([
  ['malformed', 'kind: [', /^x\.yaml:1: /],
  ['empty', '', /^x\.yaml:1: /],
  [
    'of another kind',
    'apiVersion: v1\nkind: EnvoyFilter\nmetadata: { name: x }',
    /^x\.yaml:2: kind EnvoyFilter/,
  ],
  ['huge', `# ${'x'.repeat(2_000_000)}`, /^x\.yaml:1: .*256 KiB/],
  ['half good', `${abortYaml(418)}---\nkind: Nonsense\napiVersion: v1`, /^x\.yaml:1\d: kind Nonsense/],
  [
    'of an unknown image',
    deploymentYaml({ name: 'db', image: 'mongo:7' }),
    /^x\.yaml:19: no program for mongo:7$/,
  ],
])('a file that is %s changes nothing while traffic flows', async (_, text, message) => {
  await using running = await startMesh({});
  const before = await itemsOf(running);
  const load = { isOver: false, statuses: new Set<number>() };
  const flow = async () => {
    while (!load.isOver) load.statuses.add((await running.askAsPod()).status);
  };
  const flowing = flow();
  const result = await running.apply(text);
  expect('problems' in result && result.problems.map(formatProblem)).toEqual([
    expect.stringMatching(message),
  ]);
  expect(await itemsOf(running)).toEqual(before);
  expect((await running.askAsPod()).status).toBe(200);
  load.isOver = true;
  await flowing;
  expect([...load.statuses]).toEqual([200]);
});

test.each([
  ['answered at once', '0s'],
  ['delayed by a fault', '0.4s'],
])('requests that are %s succeed while their pods are stopped and replaced', async (_, fixedDelay) => {
  const fault = `fault: { delay: { percentage: { value: 50 }, fixedDelay: ${fixedDelay} } }`;
  await using running = await startMesh({ replicas: 3 });
  await running.apply(
    fixedDelay === '0s' ? gatewayYaml : gatewayYaml.replace('{ route:', `{ ${fault}, route:`),
  );
  const load = { isOver: false, responses: new Map<number, number>() };
  const client = async () => {
    while (!load.isOver) {
      const { status } = await ask(running.gateway, { path: '/' });
      load.responses.set(status, (load.responses.get(status) ?? 0) + 1);
    }
  };
  const clients = Array.from({ length: 8 }, client);
  await running.apply(deploymentYaml({ replicas: 1 }));
  await expect.poll(() => running.mesh.pods.length).toBe(1);
  await running.apply(deploymentYaml({ replicas: 2, env: { COLOUR: 'blue' } }));
  await expect.poll(() => running.mesh.pods.map((pod) => pod.ready)).toEqual([true, true]);
  load.isOver = true;
  await Promise.all(clients);
  expect([...load.responses.keys()]).toEqual([200]);
});

test('a workload that ends at its start is an error with its output', async () => {
  await expect(startMesh({ env: { EXIT_AT_START: '3' } })).rejects.toMatchObject({
    message: 'echo-v1 did not start: exit code 3',
    output: 'the moon is out of reach\n',
  });
});

test('a workload that is not ready in time is an error', async () => {
  await using running = await startMesh();
  await running.apply(deploymentYaml({ env: { READY: 'false' } }));
  await expect(whenReady(running.mesh, 300, systemClock)).rejects.toThrow(
    'echo-v1 did not start: not ready after 0.3 s',
  );
});

/** A Gateway with a server at port 9090, and a rule for it. */
const PRIVATE_YAML = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: private }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 9090, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: private }
spec: { hosts: ['*'], gateways: [private], http: [{ directResponse: { status: 290 } }] }
`;
/** A Gateway of the Gateway API, and a route whose backend is missing. */
const HALL_YAML = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: hall }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 9090, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: hall }
spec: { parentRefs: [{ name: hall }], rules: [{ backendRefs: [{ name: missing, port: 9080 }] }] }
`;

const statusAt = async (url = 'http://none') => (await fetch(url)).status;

test('each port of a Gateway has a listener of its own from apply to delete', async () => {
  const { port: localPort } = await deadEndpoint('free');
  await using mesh = new AsyncDisposableStack();
  const server = await MeshServer.start({
    adminPort: 0,
    workloads: WORKLOADS,
    gatewayPorts: new Map([[9090, localPort]]),
  });
  mesh.defer(() => server.stop(0));
  await server.apply([{ file: 'private.yaml', text: PRIVATE_YAML }]);
  const [ingress, other, ...none] = server.gateways;
  expect([ingress?.port, other?.port, none]).toEqual([80, 9090, []]);
  expect(other?.url).toBe(`http://localhost:${localPort}`);
  expect([await statusAt(ingress?.url), await statusAt(other?.url)]).toEqual([404, 290]);
  await server.delete([{ file: 'private.yaml', text: PRIVATE_YAML }]);
  expect(server.gateways).toHaveLength(1);
  await expect(fetch(other?.url ?? '')).rejects.toThrow('fetch failed');
});

test('a listener that no container publishes is not open, and the reason is given', async () => {
  await using resources = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'bookinfo-'));
  resources.defer(() => rm(folder, { recursive: true }));
  const server = await MeshServer.start({
    adminPort: 0,
    workloads: WORKLOADS,
    gatewayPorts: new Map([[80, 9080]]),
    dataPlane: containerDataPlane({ proxy: 'embedded', folder, executable: 'envoy' }),
  });
  resources.defer(() => server.stop(0));
  await server.apply([{ file: 'private.yaml', text: PRIVATE_YAML }]);
  const [ingress, other] = server.gateways;
  expect(ingress).toMatchObject({ port: 80, url: 'http://localhost:9080', problems: [] });
  expect(other).toMatchObject({
    port: 9090,
    problems: ['containers publish port 80 of the ingress gateway alone'],
  });
  expect(other).not.toHaveProperty('url');
});

test('a Gateway of the Gateway API has a proxy of its own, which shares neither port nor hosts with others', async () => {
  await using running = await startMesh();
  await running.apply(PRIVATE_YAML + '---' + HALL_YAML);
  const urlOf = (gateway: string, port: number) =>
    running.mesh.gateways.find((each) => each.gateway === gateway && each.port === port)?.url;
  expect(await statusAt(urlOf('istio-ingressgateway', 9090))).toBe(290);
  expect(await statusAt(urlOf('hall-istio', 9090))).toBe(500);
  expect(await statusAt(urlOf('istio-ingressgateway', 80))).toBe(404);
});

test('a local port of a Gateway that is in use is an error of apply, and the former resources stay in force', async () => {
  await using running = await startMesh();
  await using server = new AsyncDisposableStack();
  const mesh = await MeshServer.start({
    adminPort: 0,
    workloads: WORKLOADS,
    gatewayPorts: new Map([[9090, running.gateway]]),
  });
  server.defer(() => mesh.stop(0));
  await expect(mesh.apply([{ file: 'private.yaml', text: PRIVATE_YAML }])).rejects.toThrow(
    `Port ${running.gateway} on 127.0.0.1, wanted for the gateway, is in use by another program.`,
  );
  expect(JSON.parse(await mesh.get('virtualservices'))).toMatchObject({ items: [] });
  expect(mesh.gateways).toHaveLength(1);
  expect((await ask(Number(new URL(mesh.gatewayUrl).port))).status).toBe(404);
});

test('a port that is in use is an error, and no listener is left', async () => {
  await using running = await startMesh();
  const { port: adminPort } = await deadEndpoint('free');
  const options = { gatewayPorts: new Map([[80, running.gateway]]), adminPort, workloads: WORKLOADS };
  await expect(MeshServer.start(options)).rejects.toMatchObject({
    message: `Port ${running.gateway} on 127.0.0.1, wanted for the gateway, is in use by another program.`,
    purpose: 'gateway',
    isInUse: true,
  });
  const mesh = await MeshServer.start({ ...options, gatewayPorts: new Map() });
  expect(mesh.adminPort).toBe(adminPort);
  await mesh.stop(0);
});

/** The embedded data plane, except that its proxies refuse tables with a route of a certain name. */
const pickyDataPlane: DataPlane = {
  ...EMBEDDED_DATA_PLANE,
  async open(options) {
    const proxy = await EMBEDDED_DATA_PLANE.open(options);
    const setTable = (table: RouteTable): Promise<void> =>
      JSON.stringify([...table.routeConfigurations]).includes('unwanted')
        ? Promise.reject(new TableRefused('unwanted'))
        : proxy.setTable(table);
    return { ...proxy, setTable };
  },
};

test('a change that a proxy refuses without naming a rule is taken back, and each of its resources is named', async () => {
  await using stack = new AsyncDisposableStack();
  const mesh = await MeshServer.start({ adminPort: 0, workloads: WORKLOADS, dataPlane: pickyDataPlane });
  stack.defer(() => mesh.stop(0));
  const apply = (text: string) => mesh.apply([{ file: 'x.yaml', text }]);
  await apply(gatewayYaml);
  const [refused, next] = await Promise.all([
    apply(
      `${abortYaml(418)}---${gatewayYaml.replaceAll('door', 'unwanted').replace("hosts: ['*'], gateways", 'hosts: [unwanted.test], gateways')}`,
    ),
    apply(abortYaml(555)),
  ]);
  expect('problems' in refused && refused.problems.map(formatProblem)).toEqual([
    'x.yaml:2: unwanted',
    'x.yaml:11: unwanted',
    'x.yaml:16: unwanted',
  ]);
  expect(next).toMatchObject({ changes: [{ action: 'created' }] });
  await mesh.delete([{ file: 'x.yaml', text: abortYaml(555) }]);
  expect(JSON.parse(await mesh.get('virtualservices'))).toMatchObject({
    items: [{ metadata: { name: 'door' } }],
  });
});

const SECURE_YAML = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: secure }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      hosts: [shop.example.com]
      tls: { mode: SIMPLE, credentialName: shop }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: secure }
spec: { hosts: ['*'], gateways: [secure], http: [{ directResponse: { status: 290 } }] }
`;
const secretYaml = ({ cert, key }: { cert: string; key: string }) => `
apiVersion: v1
kind: Secret
metadata: { name: shop, namespace: istio-system }
stringData: ${JSON.stringify({ cert, key })}
`;
const secureListener = ({ gateways }: MeshServer) => gateways.find(({ port }) => port === 443);
const askShop = ({ url = 'https://none:1' }: { url?: string } = {}, ca: string) =>
  ask(Number(new URL(url).port), {
    path: '/',
    headers: { host: 'shop.example.com' },
    tls: { servername: 'shop.example.com', ca },
  });

test('a listener of HTTPS is open as long as its Secret exists, and shows the certificate of now', async () => {
  await using running = await startMesh();
  const { mesh, apply, remove } = running;
  const [first, second] = [makeCertificate('DNS:shop.example.com'), makeCertificate('DNS:shop.example.com')];
  await apply(SECURE_YAML);
  expect(secureListener(mesh)).toMatchObject({
    problems: [
      'x.yaml:10: there is no Secret shop in the namespace istio-system; apply it, or start with --self-signed to have one made for shop.example.com',
    ],
  });
  expect(secureListener(mesh)?.url).toBeUndefined();

  await apply(secretYaml(first));
  const open = secureListener(mesh);
  expect(open).toMatchObject({ url: expect.stringMatching('https://localhost:'), problems: [] });
  expect((await askShop(open, first.cert)).status).toBe(290);

  await apply(secretYaml(second));
  expect(secureListener(mesh)).toEqual(open);
  expect((await askShop(open, second.cert)).status).toBe(290);
  expect(await mesh.get('secrets', 'shop')).not.toContain('BEGIN');

  await remove(secretYaml(second));
  expect(secureListener(mesh)?.url).toBeUndefined();
  await expect(askShop(open, second.cert)).rejects.toThrow('ECONNREFUSED');
});

test.each([
  [
    'expired',
    -1,
    [expect.stringMatching(/^x\.yaml:2: the certificate for shop\.example\.com expired at 20/)],
  ],
  ['not expired', 0, []],
])('a certificate that has %s is shown', async (_, years, problems) => {
  const pair = makeCertificate('DNS:shop.example.com');
  const clock = { ...systemClock, date: () => new Date(Date.now() - years * 366 * 86_400_000) };
  await using stack = new AsyncDisposableStack();
  const mesh = await MeshServer.start({ adminPort: 0, workloads: WORKLOADS, clock });
  stack.defer(() => mesh.stop(0));
  await mesh.apply([{ file: 'x.yaml', text: `${secretYaml(pair)}---${SECURE_YAML}` }]);
  const listener = secureListener(mesh);
  expect(listener?.problems).toEqual(problems);
  expect((await askShop(listener, pair.cert)).status).toBe(290);
});

test('a server of HTTPS without its Secret gets a certificate for its hosts on request', async () => {
  await using stack = new AsyncDisposableStack();
  const mesh = await MeshServer.start({ adminPort: 0, workloads: WORKLOADS, selfSigned: true });
  stack.defer(() => mesh.stop(0));
  await mesh.apply([{ file: 'x.yaml', text: SECURE_YAML }]);
  const { port } = new URL(secureListener(mesh)?.url ?? '');
  const socket = connect({ port: Number(port), servername: 'shop.example.com', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  expect(socket.getPeerX509Certificate()?.subjectAltName).toBe(
    'DNS:shop.example.com, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  );
  socket.destroy();
});

test('certificates in files are read from this machine', async () => {
  await using running = await startMesh();
  const pair = makeCertificate('DNS:shop.example.com');
  const folder = await mkdtemp(join(tmpdir(), 'certificates-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const yaml = SECURE_YAML.replace('credentialName: shop', `serverCertificate: ${cert}, privateKey: ${key}`);
  await running.apply(yaml);
  expect(secureListener(running.mesh)?.problems).toEqual([`x.yaml:10: ${cert} cannot be read: ENOENT`]);
  await writeFile(cert, pair.cert);
  await writeFile(key, makeCertificate('DNS:other').key);
  await running.apply(yaml);
  expect(secureListener(running.mesh)?.problems).toEqual([
    `x.yaml:10: ${cert} and ${key}: the key does not belong to the certificate`,
  ]);
  await writeFile(key, pair.key);
  await running.apply(yaml);
  expect((await askShop(secureListener(running.mesh), pair.cert)).status).toBe(290);
  await rm(folder, { recursive: true });
});

/** The resources and pods of a mesh, without the tables, which tell their ages. */
async function itemsOf({ mesh }: Awaited<ReturnType<typeof startMesh>>): Promise<unknown[]> {
  const { items } = JSON.parse(await mesh.get()) as { items: unknown[] };
  expect(items).not.toEqual([]);
  return items;
}

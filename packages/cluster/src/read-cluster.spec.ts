import { DEFAULT_MESH_CONFIG, formatNotice, modelOfFiles } from '@bookinfo/rules';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Cluster } from './cluster.js';
import { type ClusterState, readCluster } from './read-cluster.js';
import { type ApiServerOptions, CONTEXT, startApiServer } from './testing/api-server.js';
import { bookinfoObjects, objectsOf } from './testing/bookinfo-objects.js';

async function serve(options: ApiServerOptions) {
  const server = await startApiServer(options);
  vi.stubEnv('KUBECONFIG', server.kubeConfig);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await server[Symbol.asyncDispose]();
  });
  return server;
}

async function read(options: ApiServerOptions, namespace?: string): Promise<ClusterState> {
  await serve(options);
  return await readCluster(new Cluster(CONTEXT, namespace));
}

function modelOf({ mesh, meshConfig }: ClusterState) {
  const result = modelOfFiles([], meshConfig, mesh);
  if ('problems' in result) throw new Error('no file has problems');
  return result.model;
}

const VIRTUAL_SERVICE = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http: [{ route: [{ destination: { host: reviews, subset: v1 } }] }]
`;

test('the model has the resources, and the pods as endpoints', async () => {
  const { registry, resources } = modelOf(await read({ objects: bookinfoObjects() }));
  const kinds = Map.groupBy(resources, ({ kind }) => kind);
  expect(kinds.get('Deployment')).toHaveLength(6);
  expect(kinds.get('DestinationRule')).toHaveLength(4);
  const [port] = registry.service('reviews', 'default')?.ports ?? [];
  expect(port?.endpoints.map(({ labels, port: number }) => [labels['version'], number])).toEqual([
    ['v1', 9080],
    ['v2', 9080],
    ['v3', 9080],
  ]);
});

test('a pod that is not ready is no endpoint', async () => {
  const { registry } = modelOf(await read({ objects: bookinfoObjects({ unready: ['reviews-v2'] }) }));
  const [port] = registry.service('reviews', 'default')?.ports ?? [];
  expect(port?.endpoints.map(({ labels }) => labels['version'])).toEqual(['v1', 'v3']);
});

test('a target port with a name is the port that the pods have by it', async () => {
  const objects = bookinfoObjects();
  const text = JSON.stringify(objects).replaceAll(
    '"containerPort":9080',
    '"name":"web","containerPort":9080',
  );
  const named = JSON.parse(text.replaceAll('"targetPort":9080', '"targetPort":"web"')) as typeof objects;
  const { registry } = modelOf(await read({ objects: named }));
  expect(registry.service('ratings', 'default')?.ports[0]?.endpoints).toMatchObject([{ port: 9080 }]);
});

test('lists are read in pages, to the end', async () => {
  const server = await serve({ objects: bookinfoObjects() });
  await readCluster(new Cluster(CONTEXT));
  const pages = server.requests.filter((url) => url.startsWith('/api/v1/namespaces/default/pods?'));
  expect(pages).toEqual([
    expect.stringContaining('limit=250'),
    expect.stringMatching(/limit=250.*continue=4|continue=4.*limit=250/),
  ]);
});

test('a resource that cannot be read is left out, and located by its name and its line as kubectl shows it', async () => {
  const text = `
apiVersion: v1
kind: Service
metadata: { name: elsewhere }
spec: { type: ClusterIP, externalName: example.com, ports: [{ port: 80 }] }
`;
  const { notices, mesh } = await read({ objects: [...bookinfoObjects(), ...objectsOf(text)] });
  expect(notices.map(formatNotice)).toEqual([
    'Service default/elsewhere in the cluster:10: warning: spec.externalName is not supported (a Service is a name for pods; use a ServiceEntry for other hosts); the resource is left out',
  ]);
  expect(mesh.store.has('Service/default/elsewhere')).toBe(false);
});

test('strings that YAML 1.1 takes for others stay strings', async () => {
  const objects = bookinfoObjects().map((object) =>
    object.kind === 'Deployment' && object.metadata.name === 'ratings-v1'
      ? {
          ...object,
          metadata: { ...object.metadata, labels: { on: 'yes', number: '010', exponent: '1e3' } },
        }
      : object,
  );
  const { mesh, notices } = await read({ objects });
  expect(mesh.store.get('Deployment/default/ratings-v1')?.resource.metadata.labels).toEqual({
    on: 'yes',
    number: '010',
    exponent: '1e3',
  });
  expect(notices).toEqual([]);
});

test('of two rules for one host the one that was created first is the older one', async () => {
  const [late, early] = objectsOf(
    `${VIRTUAL_SERVICE}---${VIRTUAL_SERVICE.replace('name: reviews', 'name: z')}`,
  );
  if (!late || !early) throw new Error('two rules');
  late.metadata.creationTimestamp = '2026-02-02T00:00:00Z';
  const { resources } = modelOf(await read({ objects: [...bookinfoObjects(), late, early] }));
  const names = resources
    .filter(({ kind }) => kind === 'VirtualService')
    .map(({ metadata }) => metadata.name);
  expect(names).toEqual(['bookinfo', 'z', 'reviews']);
});

test('the namespace of a gateway that a rule names is read too', async () => {
  const text = VIRTUAL_SERVICE.replace('spec:', 'spec:\n  gateways: [edge/front]');
  const gateway = objectsOf(
    `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front, namespace: edge }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }]
`,
  );
  const { mesh } = await read({ objects: [...bookinfoObjects(), ...objectsOf(text), ...gateway] });
  expect(mesh.store.has('Gateway/edge/front')).toBe(true);
});

test('the Deployment of a gateway is no workload', async () => {
  const text = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: bookinfo-gateway-istio }
spec:
  selector: { matchLabels: { app: gateway } }
  template:
    metadata: { labels: { app: gateway } }
    spec: { containers: [{ name: istio-proxy, image: auto }] }
`;
  const { mesh } = await read({ objects: [...bookinfoObjects(), ...objectsOf(text)] });
  expect(mesh.store.has('Deployment/default/bookinfo-gateway-istio')).toBe(false);
});

test('what changes responses in a cluster and is not in the model is a warning', async () => {
  const text = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: deny-all }
spec: {}
`;
  const { notices } = await read({ objects: [...bookinfoObjects(), ...objectsOf(text)] });
  expect(notices.map(formatNotice)).toEqual([
    expect.stringMatching(
      /^AuthorizationPolicy default\/deny-all in the cluster:\d+: warning: .* is passed over/,
    ),
  ]);
});

test('the version and the policy for other hosts are those of the mesh', async () => {
  const objects = bookinfoObjects({ istiod: 'registry.example.com:5000/istio/pilot:1.22.3-distroless' });
  const text = JSON.stringify(objects).replace('ALLOW_ANY', 'REGISTRY_ONLY');
  const { meshConfig, unknownVersion } = await read({ objects: JSON.parse(text) as typeof objects });
  expect(meshConfig).toEqual({ istioVersion: '1.22.3', outboundTrafficPolicy: 'REGISTRY_ONLY' });
  expect(unknownVersion).toBeUndefined();
});

test.each(['docker.io/istio/pilot:1.99.0', 'registry.example.com:5000/pilot', 'istio/pilot:latest'])(
  'of istiod %s it is said which version predictions are for',
  async (istiod) => {
    const { meshConfig, unknownVersion } = await read({ objects: bookinfoObjects({ istiod }) });
    expect(meshConfig).toEqual(DEFAULT_MESH_CONFIG);
    expect(unknownVersion).toContain(
      `(istiod runs ${istiod}): predictions are for ${meshConfig.istioVersion}`,
    );
  },
);

test('a cluster without the Gateway API has fewer rules', async () => {
  const groups = { apps: ['v1'], 'networking.istio.io': ['v1beta1'] };
  const objects = JSON.parse(
    JSON.stringify(bookinfoObjects()).replaceAll('networking.istio.io/v1"', 'networking.istio.io/v1beta1"'),
  ) as ReturnType<typeof bookinfoObjects>;
  const { mesh } = await read({ objects, groups });
  expect(mesh.store.has('VirtualService/default/bookinfo')).toBe(true);
});

test('pods without sidecars are reported with what makes them get one', async () => {
  const { warnings } = await read({ objects: bookinfoObjects({ hasSidecars: false }) });
  expect(warnings).toEqual([
    expect.stringMatching(
      /^No pod of .*reviews-v1.* in the namespace default has a sidecar, so that their requests meet no rules: label the namespace \(kubectl label namespace default istio-injection=enabled\), and restart them\.$/,
    ),
  ]);
});

test('a cluster without Istio is refused', async () => {
  await expect(read({ objects: bookinfoObjects(), groups: { apps: ['v1'] } })).rejects.toThrow(
    /^The cluster of the context "test" has no Istio \(no kinds of networking\.istio\.io\): install it/,
  );
});

test('a namespace that does not exist is refused', async () => {
  await expect(read({ objects: bookinfoObjects() }, 'shop')).rejects.toThrow(
    'The cluster of the context "test" has no namespace "shop".',
  );
});

test('a permission that is missing is named, with the file that gives it', async () => {
  const options = { objects: bookinfoObjects(), forbidden: ['virtualservices'] };
  await expect(read(options)).rejects.toThrow(
    'The context "test" lacks the permission to list virtualservices.networking.istio.io in the namespace default; deploy/cluster/rbac.yaml has the Roles that permit it.',
  );
});

test('an API server that does not listen is reported with its address', async () => {
  const server = await serve({ objects: [] });
  const cluster = new Cluster(CONTEXT);
  await server[Symbol.asyncDispose]();
  await expect(readCluster(cluster)).rejects.toThrow(
    /^The API server of the context "test" \(http:\/\/127\.0\.0\.1:\d+\) can't be asked: .*ECONNREFUSED/,
  );
});

test('a context that the kubeconfig lacks is refused, with those that it has', async () => {
  await serve({ objects: [] });
  expect(() => new Cluster('tests')).toThrow(
    /has no context "tests" \(did you mean test\?\) \(it has: test\)\.$/,
  );
});

test('a machine without a kubeconfig is told where one is looked for', () => {
  vi.stubEnv('KUBECONFIG', '');
  vi.stubEnv('HOME', '/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(() => new Cluster('kind')).toThrow(
    'There is no kubeconfig: /nowhere/.kube/config does not exist, and KUBECONFIG names no other file.',
  );
});

test('a kubeconfig that is not YAML is named', async () => {
  const server = await serve({ objects: [] });
  vi.stubEnv('KUBECONFIG', `${server.kubeConfig}/absent`);
  expect(() => new Cluster(CONTEXT)).toThrow(/^The kubeconfig \(.*\/absent\) can't be read: /);
});

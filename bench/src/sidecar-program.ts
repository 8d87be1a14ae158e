// A sidecar of the embedded mesh in a process of its own, with one backend.
import { buildRegistry, compile, DEFAULT_MESH_CONFIG, parseResources, Proxy } from '@bookinfo/mesh';

const [port, backendPort] = process.argv.slice(2).map(Number);

const { resources } = parseResources([
  {
    file: 'details.yaml',
    text: 'apiVersion: v1\nkind: Service\nmetadata: { name: details }\nspec: { selector: { app: details }, ports: [{ port: 9080 }] }\n',
  },
]);
const labels = { app: 'details' };
const pod = { name: 'details-v1', namespace: 'default', labels, address: '127.0.0.1', ready: true };
const registry = buildRegistry(resources, [{ ...pod, ports: { 9080: backendPort ?? 0 } }]);
const table = compile(
  { resources, registry, meshConfig: DEFAULT_MESH_CONFIG },
  { kind: 'sidecar', namespace: 'default', labels: {} },
);
await Proxy.start({ role: 'sidecar', table, port: port ?? 0 });

import { DEFAULT_MESH_CONFIG, modelOf, parseResources } from '@bookinfo/rules';
import { compile } from '@bookinfo/compiler';
import type { RouteTable } from '@bookinfo/routing';

/** The route table of a sidecar in a mesh of one Service, `details`, with one local pod and no rules. */
export function sidecarTable(backendPort: number): RouteTable {
  const text =
    'apiVersion: v1\nkind: Service\nmetadata: { name: details }\nspec: { selector: { app: details }, ports: [{ port: 9080 }] }\n';
  const { resources } = parseResources([{ file: 'details.yaml', text }]);
  const labels = { app: 'details' };
  const pod = { name: 'details-v1', namespace: 'default', labels, address: '127.0.0.1', ready: true };
  return compile(modelOf(resources, [{ ...pod, ports: { 9080: backendPort } }], DEFAULT_MESH_CONFIG), {
    kind: 'sidecar',
    namespace: 'default',
    labels: {},
  });
}

import { formatProblem } from '../resources/problem.js';
import type { Client } from '../model/model.js';
import type { Pod } from '../registry/pod.js';
import { parseResources } from '../resources/parse-resources.js';
import type { Resource } from '../resources/resource.js';

/** Returns a ready pod of a workload, such as `reviews-v2`, which is its name too. */
export function pod(workload: string, overrides: Partial<Pod> = {}): Pod {
  const [app = '', version = ''] = workload.split('-');
  return {
    name: workload,
    namespace: 'default',
    labels: { app, version },
    address: '127.0.0.1',
    ports: { 9080: 20_000 },
    ready: true,
    ...overrides,
  };
}

/** The pods of Bookinfo, all ready. */
export const PODS = [
  'details-v1',
  'ratings-v1',
  'reviews-v1',
  'reviews-v2',
  'reviews-v3',
  'productpage-v1',
].map((name) => pod(name));

export const SIDECAR: Client = { kind: 'sidecar', namespace: 'default', labels: { app: 'productpage' } };
export const INGRESS: Client = {
  kind: 'gateway',
  namespace: 'istio-system',
  labels: { istio: 'ingressgateway' },
};

/**
 * Returns the resources of a YAML text.
 *
 * @throws {Error} when the text has problems.
 */
export function resourcesOf(text: string, file = 'rules.yaml'): Resource[] {
  const { resources, problems } = parseResources([{ file, text }]);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return resources;
}

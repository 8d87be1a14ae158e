import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../kube-object.js';

const DEPLOY = fileURLToPath(new URL('../../../../deploy/', import.meta.url));
const BASE = [
  'platform/kube/bookinfo.yaml',
  'networking/bookinfo-gateway.yaml',
  'networking/destination-rule-all.yaml',
];
const CREATED = '2026-01-01T00:00:00Z';

/** How a namespace differs from one with Bookinfo, injection and ready pods. */
export interface BookinfoOptions {
  namespace?: string;
  /** Files of deploy/ in addition, without `.yaml`. */
  files?: readonly string[];
  /** Default: true. */
  hasSidecars?: boolean;
  /** The Deployments whose pods are not ready. */
  unready?: readonly string[];
  /** The image of istiod. */
  istiod?: string;
}

/** Returns the objects of a cluster with Istio and Bookinfo, as its API server has them. */
export function bookinfoObjects({
  namespace = 'default',
  files = [],
  hasSidecars = true,
  unready = [],
  istiod = 'docker.io/istio/pilot:1.31.0',
}: BookinfoOptions = {}): KubeObject[] {
  const texts = [...BASE, ...files.map((file) => `${file}.yaml`)].map((file) =>
    readFileSync(`${DEPLOY}${file}`, 'utf8'),
  );
  const applied = objectsOf(texts.join('\n---\n'), namespace);
  const pods = applied
    .filter(({ kind }) => kind === 'Deployment')
    .map((deployment) => {
      const isReady = !unready.includes(deployment.metadata.name);
      return podOf(deployment, { hasSidecar: hasSidecars, isReady });
    });
  const mesh = 'outboundTrafficPolicy:\n  mode: ALLOW_ANY\n';
  const system = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'istio-system' } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
      data: { mesh },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'istiod-1', namespace: 'istio-system', labels: { app: 'istiod' } },
      spec: { containers: [{ name: 'discovery', image: istiod }] },
      status: { podIP: '10.0.0.99', conditions: [] },
    },
  ];
  return [...system, ...applied, ...pods];
}

/** Returns the objects of YAML documents in a namespace, with what an API server adds. */
export function objectsOf(text: string, namespace = 'default'): KubeObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null)
    .map((object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        namespace: object.metadata.namespace ?? namespace,
        creationTimestamp: CREATED,
        uid: '8a8f5d10-3b8b-4a52-9e6a-000000000000',
        resourceVersion: '1',
        managedFields: [{ time: CREATED }],
      },
    }));
}

interface Template {
  template: {
    metadata: Pick<KubeObject['metadata'], 'labels' | 'annotations'>;
    spec: { containers: object[] };
  };
}

function podOf(
  { metadata: { name, namespace = '' }, spec }: KubeObject,
  { hasSidecar, isReady }: { hasSidecar: boolean; isReady: boolean },
): KubeObject {
  const { template } = spec as Template;
  const proxy = { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.31.0', restartPolicy: 'Always' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: `${name}-7d9c8f6b5-x2x4z`, namespace },
    spec: { ...template.spec, initContainers: hasSidecar ? [proxy] : [] },
    status: { podIP: '10.0.0.1', conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  };
}

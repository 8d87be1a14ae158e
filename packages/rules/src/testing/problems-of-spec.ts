import { formatNotice } from '../resources/problem.js';
import { type ParseResult, parseResources } from '../resources/parse-resources.js';
import type { Resource } from '../resources/resource.js';
import { checkByPublishedSchema } from './published-models.js';

const API_VERSIONS: Record<Resource['kind'], string> = {
  Deployment: 'apps/v1',
  DestinationPolicy: 'config.istio.io/v1alpha2',
  DestinationRule: 'networking.istio.io/v1',
  EgressRule: 'config.istio.io/v1alpha2',
  Gateway: 'networking.istio.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  Namespace: 'v1',
  ReferenceGrant: 'gateway.networking.k8s.io/v1beta1',
  RouteRule: 'config.istio.io/v1alpha2',
  Secret: 'v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  ServiceEntry: 'networking.istio.io/v1',
  Sidecar: 'networking.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  VirtualService: 'networking.istio.io/v1',
};

/**
 * Returns the messages about a resource with this spec, in YAML.
 *
 * @throws {Error} when the schemas here accept the resource, but that of its CustomResourceDefinition refuses it.
 */
export function problemsOfSpec(
  kind: Resource['kind'],
  spec: string,
  apiVersion = API_VERSIONS[kind],
): string[] {
  const { resources, problems } = parseSpec(kind, spec, apiVersion);
  for (const { source } of resources) checkByPublishedSchema(source.manifest);
  return problems.map(({ message }) => message);
}

/** Returns the notices about a resource with this spec, in YAML, as `level: message`. */
export function noticesOfSpec(
  kind: Resource['kind'],
  spec: string,
  apiVersion = API_VERSIONS[kind],
): string[] {
  return parseSpec(kind, spec, apiVersion).notices.map((notice) =>
    formatNotice(notice).replace(/^x\.yaml:\d+: /, ''),
  );
}

function parseSpec(kind: string, spec: string, apiVersion: string): ParseResult {
  const text = `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x }, spec: ${spec} }`;
  return parseResources([{ file: 'x.yaml', text }]);
}

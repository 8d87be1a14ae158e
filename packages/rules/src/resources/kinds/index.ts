import { deployment } from './deployment.js';
import { destinationPolicy } from './destination-policy.js';
import { destinationRule } from './destination-rule.js';
import { egressRule } from './egress-rule.js';
import { kubernetesGateway } from './gateway-api/gateway.js';
import { httpRoute } from './gateway-api/http-route.js';
import { referenceGrant } from './gateway-api/reference-grant.js';
import { gateway } from './gateway.js';
import { namespace } from './namespace.js';
import { routeRule } from './route-rule.js';
import { secret } from './secret.js';
import { serviceAccount } from './service-account.js';
import { serviceEntry } from './service-entry.js';
import { service } from './service.js';
import { sidecar } from './sidecar.js';
import { telemetry } from './telemetry.js';
import { virtualService } from './virtual-service.js';

/**
 * The schemas of all supported kinds: the list to add a kind to. If two groups have a kind of one name, the second is listed
 * with its group, as kubectl writes it.
 */
export const kinds = {
  Deployment: deployment,
  DestinationPolicy: destinationPolicy,
  DestinationRule: destinationRule,
  EgressRule: egressRule,
  Gateway: gateway,
  'Gateway.gateway.networking.k8s.io': kubernetesGateway,
  HTTPRoute: httpRoute,
  Namespace: namespace,
  ReferenceGrant: referenceGrant,
  RouteRule: routeRule,
  Secret: secret,
  Service: service,
  ServiceAccount: serviceAccount,
  ServiceEntry: serviceEntry,
  Sidecar: sidecar,
  Telemetry: telemetry,
  VirtualService: virtualService,
} as const;

/** The name of a supported kind. */
export type Kind = keyof typeof kinds;

/** Returns the supported kind of a resource, or undefined. The version of the group is not checked. */
export function findKind(apiVersion: unknown, kind: string): Kind | undefined {
  const [group] = typeof apiVersion === 'string' ? apiVersion.split('/') : [];
  return [`${kind}.${group}`, kind].find(isKind);
}

function isKind(name: string): name is Kind {
  return Object.hasOwn(kinds, name);
}

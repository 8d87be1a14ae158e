import { attach, resolveBackend, ReferenceGrants } from '@bookinfo/compiler';
import {
  type Model,
  type BackendReference,
  isGateway,
  isService,
  type ParentReference,
  type FieldPath,
  isOfKind,
  originOf,
  type HTTPRoute,
} from '@bookinfo/rules';
import type { Finding } from './finding.js';

/**
 * What a cluster says in the status of an HTTPRoute, where few look: which of its parents don't take it (Accepted), and
 * which of its backends lead nowhere (ResolvedRefs).
 */
export function httpRouteFindings(route: HTTPRoute, model: Model): Finding[] {
  const warning = (path: FieldPath, message: string): Finding => ({
    level: 'warning',
    origin: originOf(route, path),
    message,
  });
  const { parentRefs } = route.spec;
  if (parentRefs.length === 0) return [warning(['spec'], 'without parentRefs this route is for nobody')];
  const refused = parentRefs.flatMap((parent, index) => {
    const reason = whyNotAccepted(route, parent, model);
    return reason === undefined ? [] : [warning(['spec', 'parentRefs', index], `not accepted: ${reason}`)];
  });
  const unresolved = backendsOf(route).flatMap(({ backend, path }) => {
    const flaw = flawOf(backend, route, model);
    return flaw === undefined ? [] : [warning(path, `not resolved: ${flaw}`)];
  });
  return [...refused, ...unresolved];
}

function whyNotAccepted(
  route: HTTPRoute,
  parent: ParentReference,
  { resources, registry }: Model,
): string | undefined {
  if (isGateway(parent)) {
    const gateways = resources.filter((one) => isOfKind(one, 'Gateway.gateway.networking.k8s.io'));
    const attachment = attach(route, parent, gateways);
    return 'refused' in attachment ? attachment.refused : undefined;
  }
  const { kind, namespace = route.metadata.namespace, name, port } = parent;
  const service = registry.services.find(
    (one) =>
      one.name === name && one.namespace === namespace && (one.resolution === 'PODS') === isService(parent),
  );
  if (!service) return `there is no ${kind} ${namespace}/${name}`;
  const ports = service.ports.map(({ number }) => number);
  if (port === undefined || ports.includes(port)) return undefined;
  return `${kind} ${namespace}/${name} has no port ${port} (it has ${ports.join(', ')})`;
}

/** A Gateway wants a ReferenceGrant of another namespace, a Service doesn't. */
function flawOf(
  backend: BackendReference,
  route: HTTPRoute,
  { resources, registry }: Model,
): string | undefined {
  const grants = route.spec.parentRefs.some(isGateway) ? new ReferenceGrants(resources) : undefined;
  return resolveBackend(backend, route.metadata.namespace, registry, grants).flaw;
}

function backendsOf({ spec }: HTTPRoute): { backend: BackendReference; path: FieldPath }[] {
  return spec.rules.flatMap(({ backendRefs, filters }, rule) => {
    const path = ['spec', 'rules', rule];
    return [
      ...backendRefs.map((backend, index) => ({ backend, path: [...path, 'backendRefs', index] })),
      ...filters.flatMap(({ requestMirror }, index) =>
        requestMirror
          ? [{ backend: requestMirror.backendRef, path: [...path, 'filters', index, 'requestMirror'] }]
          : [],
      ),
    ];
  });
}

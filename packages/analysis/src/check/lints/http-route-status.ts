import { resolveBackend, ReferenceGrants } from '@bookinfo/compiler';
import {
  type Model,
  type BackendReference,
  isGateway,
  isService,
  type ParentReference,
  type FieldPath,
  type HTTPRoute,
} from '@bookinfo/rules';
import type { Lint } from './lint.js';

/**
 * Warns of what a cluster writes into the status of an HTTPRoute: parents that do not accept it (Accepted), and backends
 * that do not resolve (ResolvedRefs).
 */
export const httpRouteStatus: Lint<HTTPRoute> = (route, model) => {
  const { parentRefs } = route.spec;
  if (parentRefs.length === 0)
    return [
      {
        code: 'route-without-parent',
        path: ['spec'],
        message: 'without parentRefs this route applies to no request',
      },
    ];
  const refused = parentRefs.flatMap((parent, index) => {
    const reason = notAcceptedReason(route, parent, model);
    return reason === undefined
      ? []
      : [
          {
            code: 'not-accepted' as const,
            path: ['spec', 'parentRefs', index],
            message: `not accepted: ${reason}`,
          },
        ];
  });
  const unresolved = backendsOf(route).flatMap(({ backend, path }) => {
    const reason = unresolvedReason(backend, route, model);
    return reason === undefined
      ? []
      : [{ code: 'unresolved-backend' as const, path, message: `not resolved: ${reason}` }];
  });
  return [...refused, ...unresolved];
};

function notAcceptedReason(
  route: HTTPRoute,
  parent: ParentReference,
  { registry }: Model,
): string | undefined {
  // The compiler says why a Gateway does not take a route.
  if (isGateway(parent)) return undefined;
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

/** Routes of a Gateway need a ReferenceGrant for a backend of another namespace; routes of a Service do not. */
function unresolvedReason(
  backend: BackendReference,
  route: HTTPRoute,
  { resources, registry }: Model,
): string | undefined {
  const grants = route.spec.parentRefs.some(isGateway) ? new ReferenceGrants(resources) : undefined;
  return resolveBackend(backend, route.metadata.namespace, registry, grants).unresolvedReason;
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

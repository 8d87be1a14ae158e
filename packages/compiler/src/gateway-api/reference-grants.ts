import { GATEWAY_API_GROUP, isService, type ReferenceGrant, type Resource } from '@bookinfo/rules';

/** The ReferenceGrants that allow HTTPRoutes to refer to Services of other namespaces. */
export class ReferenceGrants {
  readonly #byNamespace: ReadonlyMap<string, readonly ReferenceGrant['spec'][]>;

  constructor(resources: readonly Resource[]) {
    const grants = resources.filter((resource) => resource.kind === 'ReferenceGrant');
    this.#byNamespace = new Map(
      Array.from(
        Map.groupBy(grants, ({ metadata }) => metadata.namespace),
        ([namespace, same]) => [namespace, same.map(({ spec }) => spec)],
      ),
    );
  }

  /** Returns true when HTTPRoutes of the namespace `from` may refer to the Service. */
  allow(from: string, service: { name: string; namespace: string }): boolean {
    if (from === service.namespace) return true;
    return (this.#byNamespace.get(service.namespace) ?? []).some(
      (grant) =>
        grant.from.some(
          ({ group, kind, namespace }) =>
            group === GATEWAY_API_GROUP && kind === 'HTTPRoute' && namespace === from,
        ) && grant.to.some((to) => isService(to) && (to.name === undefined || to.name === service.name)),
    );
  }
}

import { GATEWAY_API_GROUP, type ReferenceGrant, type Resource } from '@bookinfo/rules';

/** What refers to an object of another namespace: an HTTPRoute or a Gateway of the Gateway API. */
interface Referrer {
  kind: 'HTTPRoute' | 'Gateway';
  namespace: string;
}

/** What is referred to: an object of the core group. */
interface Referent {
  kind: 'Service' | 'Secret';
  name: string;
  namespace: string;
}

/** Returns true when the reference is to a Secret. */
export function isSecret(reference: { group: string; kind: string }): boolean {
  return isCore(reference) && reference.kind === 'Secret';
}

function isCore({ group }: { group: string }): boolean {
  return group === '' || group === 'core';
}

/** The ReferenceGrants that allow HTTPRoutes and Gateways to refer to objects of other namespaces. */
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

  /** Returns true when objects of that kind and namespace may refer to the object. */
  allow(referrer: Referrer, { kind, name, namespace }: Referent): boolean {
    if (referrer.namespace === namespace) return true;
    return (this.#byNamespace.get(namespace) ?? []).some(
      ({ from, to }) =>
        from.some(
          (each) =>
            each.group === GATEWAY_API_GROUP &&
            each.kind === referrer.kind &&
            each.namespace === referrer.namespace,
        ) &&
        to.some(
          (each) => isCore(each) && each.kind === kind && (each.name === undefined || each.name === name),
        ),
    );
  }
}

import type { Labels, Resource } from '@bookinfo/rules';

/** The label that Kubernetes sets on every namespace, with its name. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The labels of namespaces, from the Namespaces among resources. */
export class NamespaceLabels {
  readonly #byName: ReadonlyMap<string, Labels>;

  constructor(resources: readonly Resource[]) {
    const namespaces = resources.filter((resource) => resource.kind === 'Namespace');
    this.#byName = new Map(namespaces.map(({ metadata: { name, labels } }) => [name, labels]));
  }

  /** Returns the labels of a namespace; one without a Namespace has its name alone. */
  of(namespace: string): Labels {
    return { ...this.#byName.get(namespace), [NAME_LABEL]: namespace };
  }
}

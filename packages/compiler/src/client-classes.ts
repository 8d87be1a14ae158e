import type { Client, Resource } from '@bookinfo/rules';

/** Classes of clients that no rule distinguishes. A class shares one table, so many pods compile as fast as a few. */
export class ClientClasses {
  readonly #labelsOf: ReadonlyMap<Resource, readonly string[]>;
  readonly #relevantLabels: ReadonlySet<string>;

  /** @param previous the classes of an earlier model; what it found in resources that are still there is reused */
  constructor(resources: readonly Resource[], previous?: ClientClasses) {
    const known = previous && previous.#labelsOf;
    this.#labelsOf = new Map(
      resources.map((resource) => [resource, known?.get(resource) ?? labelsMatchedBy(resource)]),
    );
    this.#relevantLabels = new Set([...this.#labelsOf.values()].flat());
  }

  /** Returns the client without the labels that no rule matches: equal for clients of one class. */
  representativeOf(client: Client): Client {
    // Gateway resources may select a gateway by any of its labels.
    const labels = Object.entries(client.labels).filter(
      ([name]) => client.kind === 'gateway' || this.#relevantLabels.has(name),
    );
    return { ...client, labels: Object.fromEntries(labels.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
  }
}

/** Returns the names of the labels that the resource matches clients by (`sourceLabels`, `workloadSelector`, `selector`). */
function labelsMatchedBy(resource: Resource): string[] {
  if (resource.kind === 'Sidecar') return Object.keys(resource.spec.workloadSelector?.labels ?? {});
  if (resource.kind === 'Telemetry') return Object.keys(resource.spec.selector?.matchLabels ?? {});
  if (resource.kind === 'DestinationRule')
    return Object.keys(resource.spec.workloadSelector?.matchLabels ?? {});
  if (resource.kind !== 'VirtualService') return [];
  return resource.spec.http.flatMap(({ match }) =>
    match.flatMap(({ sourceLabels }) => Object.keys(sourceLabels)),
  );
}

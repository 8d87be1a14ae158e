import type { Client, Resource } from '@bookinfo/rules';

/** Classes of clients that no rule distinguishes. A class shares one table, so many pods compile as fast as a few. */
export class ClientClasses {
  readonly #relevantLabels: ReadonlySet<string>;

  constructor(resources: readonly Resource[]) {
    this.#relevantLabels = relevantLabels(resources);
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

/** Returns the names of the labels that rules match clients by (`sourceLabels`, `workloadSelector`). */
function relevantLabels(resources: readonly Resource[]): Set<string> {
  const names = new Set<string>();
  for (const resource of resources) {
    if (resource.kind === 'DestinationRule')
      for (const name of Object.keys(resource.spec.workloadSelector?.matchLabels ?? {})) names.add(name);
    if (resource.kind !== 'VirtualService') continue;
    for (const { match } of resource.spec.http)
      for (const { sourceLabels } of match) for (const name of Object.keys(sourceLabels)) names.add(name);
  }
  return names;
}

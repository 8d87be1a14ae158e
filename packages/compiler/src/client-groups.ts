import type { Resource, Client } from '@bookinfo/rules';

/** Clients that no rule tells apart share one table: then a mesh of many proxies compiles as fast as one of few. */
export class ClientGroups {
  #members = new Map<string, Client>();

  /** Of each client the one that stands for its group: the same for as long as the group has clients. */
  represent(clients: readonly Client[], resources: readonly Resource[]): Map<Client, Client> {
    const counting = labelsThatCount(resources);
    const members = new Map<string, Client>();
    const represented = clients.map((client): [Client, Client] => {
      const labels = Object.entries(client.labels).filter(
        ([name]) => client.kind === 'gateway' || counting.has(name),
      );
      const group = {
        ...client,
        labels: Object.fromEntries(labels.toSorted(([a], [b]) => (a < b ? -1 : 1))),
      };
      const key = JSON.stringify(group);
      const member = members.get(key) ?? this.#members.get(key) ?? group;
      members.set(key, member);
      return [client, member];
    });
    this.#members = members;
    return new Map(represented);
  }
}

/** Labels of workloads that rules ask for (`sourceLabels`); a gateway's are asked for by Gateways besides. */
function labelsThatCount(resources: readonly Resource[]): Set<string> {
  const names = new Set<string>();
  for (const resource of resources) {
    if (resource.kind !== 'VirtualService') continue;
    for (const { match } of resource.spec.http)
      for (const { sourceLabels } of match) for (const name of Object.keys(sourceLabels)) names.add(name);
  }
  return names;
}

/** A resource with `exportTo`. */
interface Exported {
  /** `.` is its own namespace, `*` all, `~` none, or the names of namespaces; empty means all, Istio's default. */
  exportTo: readonly string[];
  namespace: string;
}

/** In the order of precedence: of two resources for one host, the nearer one applies to the client. */
const ORDER = ['own namespace', 'named namespace', 'every namespace'] as const;

/**
 * Returns the entries that are visible to a client in a namespace: those of its own namespace, those exported to it by name,
 * then those exported to all, each in their order (istio/istio pilot/pkg/model/virtualservice.go, SelectVirtualServices).
 */
export function visibleTo<Entry>(
  clientNamespace: string,
  entries: readonly Entry[],
  exportOf: (entry: Entry) => Exported,
): Entry[] {
  const byReach = Map.groupBy(entries, (entry) => reach(exportOf(entry), clientNamespace));
  return ORDER.flatMap((each) => byReach.get(each) ?? []);
}

function reach({ exportTo, namespace }: Exported, client: string): (typeof ORDER)[number] | undefined {
  if (exportTo.includes('~')) return undefined;
  if (exportTo.length === 0 || exportTo.includes('*')) return 'every namespace';
  const names = exportTo.map((name) => (name === '.' ? namespace : name));
  if (!names.includes(client)) return undefined;
  return client === namespace ? 'own namespace' : 'named namespace';
}

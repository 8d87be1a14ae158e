/** What `exportTo` is attached to. */
interface Exported {
  /** `.` its own namespace, `*` all, `~` none, or the names of namespaces; empty means all, Istio's default. */
  exportTo: readonly string[];
  namespace: string;
}

/** Nearest first: of two that say something about one host, the client hears the nearer one. */
const ORDER = ['own namespace', 'named namespace', 'every namespace'] as const;

/**
 * Those that a client in the namespace can see, what was exported to its namespace alone before what everybody sees,
 * and else in their own order (istio/istio pilot/pkg/model/virtualservice.go, SelectVirtualServices).
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

/** A cluster as Istio calls it; `subset` is empty for all pods of the host. */
export function clusterName(port: number, subset: string, host: string): string {
  return `outbound|${port}|${subset}|${host}`;
}

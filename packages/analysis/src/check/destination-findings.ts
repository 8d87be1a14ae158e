import type { Client, Model } from '@bookinfo/rules';
import type { Route, RouteTable } from '@bookinfo/routing';
import { missingCluster } from '../explain/missing-cluster.js';
import type { Finding } from './finding.js';

/** Returns the destinations of a rule where no backend gets its share of the requests, with the reasons. */
export function destinationFindings(
  { action, rule }: Route,
  { clusters }: RouteTable,
  client: Client,
  model: Model,
): Finding[] {
  if (action.kind !== 'forward' || !rule) return [];
  const { weightedClusters, clusterNotFoundStatus } = action;
  const total = weightedClusters.reduce((sum, { weight }) => sum + weight, 0);
  return weightedClusters.flatMap(({ name, weight }): Finding[] => {
    const cluster = clusters.get(name);
    const percent = `${Number(((weight / total) * 100).toFixed(2))} %`;
    const finding = { level: 'error', origin: rule.origin } as const;
    if (!cluster) {
      const { code, reason } = missingCluster(name, rule, model, client);
      const message = `${reason}: ${percent} of the requests get ${clusterNotFoundStatus}`;
      return [{ ...finding, code, message }];
    }
    const isEmpty = cluster.type !== 'ORIGINAL_DST' && cluster.endpoints.length === 0;
    const message = `${displayName(name)} has no pod: ${percent} of the requests get 503`;
    return isEmpty ? [{ ...finding, code: 'no-pod', message }] : [];
  });
}

function displayName(cluster: string): string {
  const [, , subset = '', host = ''] = cluster.split('|');
  return subset === '' ? host : `the subset ${subset} of ${host}`;
}

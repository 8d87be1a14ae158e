import { CLUSTER_STATISTICS, type ClusterStatistic, type ClusterStatistics } from './cluster-statistics.js';
import { labelText, metricHead, sample } from './metric-text.js';

/** The clusters of one proxy. */
export interface ProxyClusters {
  namespace: string;
  pod: string;
  clusters: readonly ClusterStatistics[];
}

/**
 * Returns statistics of clusters in Prometheus' text format, with the names and tags of Istio's proxies (its bootstrap file names the
 * tag cluster_name), and the namespace and pod of the proxy, which in a cluster are labels of the target.
 */
export function* clusterText(proxies: readonly ProxyClusters[]): Generator<string> {
  const labelled = proxies.flatMap(({ namespace, pod, clusters }) =>
    clusters.map(({ cluster, values }) => ({
      labels: labelText({ cluster_name: cluster, namespace, pod }),
      values,
    })),
  );
  for (const statistic of Object.keys(CLUSTER_STATISTICS) as ClusterStatistic[]) {
    const { type, help } = CLUSTER_STATISTICS[statistic];
    const name = `envoy_cluster_${statistic.replaceAll('.', '_')}`;
    yield metricHead(name, type, help);
    for (const { labels, values } of labelled) yield sample(name, labels, values[statistic] ?? 0);
  }
}

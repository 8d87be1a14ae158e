import type { Clock, Random } from '@bookinfo/effects';
import type { Cluster, ProxyRole } from '@bookinfo/routing';
import type { OnMirrored } from './access-log/mirrored-request.js';
import type { ConnectionPool } from './connection-pool/connection-pool.js';
import type { LoadBalancer } from './load-balancing/load-balancer.js';
import type { OutlierDetector } from './load-balancing/outlier-detector.js';
import type { MirrorBudget } from './router/mirror-budget.js';
import type { Tracing } from './tracing.js';

/** The parts of one proxy that all of its requests share. */
export interface ProxyContext {
  role: ProxyRole;
  /** The port in the table, whatever port clients call; undefined for the port that they call. */
  listenerPort: number | undefined;
  loadBalancer: LoadBalancer;
  connections: ConnectionPool;
  outlierDetector: OutlierDetector;
  mirrorBudget: MirrorBudget;
  /** Absent when the proxy records no spans. */
  tracing?: Tracing;
  onMirrored?: OnMirrored;
  clock: Clock;
  random: Random;
  /**
   * Returns the cluster of the current table. A request keeps the route that was found for it, but Envoy picks the
   * endpoint at the last moment, which matters after a delay or for a retry: endpoints may have gone.
   */
  currentCluster: (cluster: Cluster) => Cluster;
}

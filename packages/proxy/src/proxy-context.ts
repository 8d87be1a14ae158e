import type { Clock, Random } from '@bookinfo/effects';
import type { Cluster, ProxyRole } from '@bookinfo/routing';
import type { LoadBalancer } from './load-balancing/load-balancer.js';
import type { MirrorBudget } from './router/mirror-budget.js';
import type { OutlierDetector } from './load-balancing/outlier-detector.js';
import type { ConnectionPool } from './connection-pool/connection-pool.js';

/** What all requests of one proxy share. */
export interface ProxyContext {
  role: ProxyRole;
  loadBalancer: LoadBalancer;
  connections: ConnectionPool;
  outlierDetector: OutlierDetector;
  mirrorBudget: MirrorBudget;
  clock: Clock;
  random: Random;
  /**
   * The cluster as it is now. A request keeps the route that was found for it, but Envoy picks the endpoint at the
   * last moment, which matters after a delay or for a retry: endpoints may have gone.
   */
  currentCluster: (cluster: Cluster) => Cluster;
}

import { list, object, refused, unique } from '../schema/containers.js';
import { portNumber } from '../schema/value.js';
import { clientTls } from './client-tls.js';
import { connectionPool } from './connection-pool.js';
import { loadBalancer } from './load-balancer.js';
import { outlierDetection } from './outlier-detection.js';

const blocks = {
  loadBalancer: loadBalancer.optional(),
  connectionPool: connectionPool.optional(),
  outlierDetection: outlierDetection.optional(),
  tls: clientTls.optional(),
};

/** How clients treat a host or one of its subsets. */
export const trafficPolicy = object({
  ...blocks,
  portLevelSettings: list(object({ port: object({ number: portNumber }), ...blocks }))
    .superRefine(unique('port', ({ port }) => String(port.number), ['port', 'number']))
    .optional(),
  ...refused({
    tunnel: 'no tunnels are made here',
    proxyProtocol: 'the proxy protocol is not spoken here',
    retryBudget: 'maxRetries of connectionPool.http is the one limit of retries here',
  }),
});

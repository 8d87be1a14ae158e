import { list, object, unsupportedFields, unique } from '../schema/containers.js';
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

/** The policy of the clients of a host or of one of its subsets. */
export const trafficPolicy = object({
  ...blocks,
  portLevelSettings: list(object({ port: object({ number: portNumber }), ...blocks }))
    .superRefine(unique('port', ({ port }) => String(port.number), ['port', 'number']))
    .optional(),
  ...unsupportedFields({
    tunnel: 'tunnels are not implemented',
    proxyProtocol: 'the PROXY protocol is not implemented',
    retryBudget: 'the only limit of retries is maxRetries of connectionPool.http',
  }),
});

import type { z } from 'zod';
import { addIssue, list, object, unsupportedFields, unique } from '../schema/containers.js';
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

type Blocks = { readonly [Name in keyof typeof blocks]?: unknown };

/** Checks that a policy has a block, for `superRefine`, as Istio does (pkg/config/validation/validation.go). */
function notEmpty(policy: Blocks & { portLevelSettings?: unknown }, context: z.core.$RefinementCtx): void {
  const names = [...Object.keys(blocks), 'portLevelSettings'] as const;
  if (names.every((name) => policy[name as keyof typeof policy] === undefined))
    addIssue(context, `one of ${Object.keys(blocks).join(', ')} is needed`);
}

/** The policy of the clients of a host or of one of its subsets. */
export const trafficPolicy = object({
  ...blocks,
  portLevelSettings: list(object({ port: object({ number: portNumber }), ...blocks }).superRefine(notEmpty))
    .superRefine(unique('port', ({ port }) => String(port.number), ['port', 'number']))
    .optional(),
  ...unsupportedFields({
    tunnel: 'tunnels are not implemented',
    proxyProtocol: 'pods get no PROXY header before a request here',
    retryBudget: 'the only limit of retries is maxRetries of connectionPool.http',
  }),
}).superRefine(notEmpty);

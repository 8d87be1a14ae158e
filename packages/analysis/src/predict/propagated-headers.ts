import type { RouteRequest } from '@bookinfo/routing';

/** What Bookinfo's programs pass on to those they call (bookinfo-contract, 2.6), as far as a rule may look at it. */
const PROPAGATED = new Set([
  'authorization',
  'b3',
  'baggage',
  'cookie',
  'end-user',
  'grpc-trace-bin',
  'jwt',
  'sw8',
  'traceparent',
  'tracestate',
  'user-agent',
  'x-b3-flags',
  'x-b3-parentspanid',
  'x-b3-sampled',
  'x-b3-spanid',
  'x-b3-traceid',
  'x-cloud-trace-context',
  'x-datadog-parent-id',
  'x-datadog-sampling-priority',
  'x-datadog-trace-id',
  'x-ot-span-context',
  'x-request-id',
]);

/** The headers of the requests that a program sends on behalf of this one. productpage has its user from the session alone. */
export function propagatedHeaders(
  { headers }: RouteRequest,
  app: string,
  user: string | undefined,
): Record<string, string> {
  const passedOn = Object.entries(headers).filter(([name]) => PROPAGATED.has(name));
  if (app !== 'productpage') return Object.fromEntries(passedOn);
  const own = passedOn.filter(([name]) => name !== 'end-user');
  return { ...Object.fromEntries(own), ...(user !== undefined && { 'end-user': user }) };
}

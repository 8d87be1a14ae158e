import {
  type Cluster,
  type LbPolicy,
  type OutlierDetection,
  type TlsOrigination,
  UNLIMITED,
  CONNECT_TIMEOUT_MS,
} from '@bookinfo/routing';

/** The settings of a destination apart from load balancing. */
export type DestinationPolicy = Pick<
  Cluster,
  | 'circuitBreakers'
  | 'connectTimeoutMs'
  | 'maxRequestsPerConnection'
  | 'idleTimeoutMs'
  | 'outlierDetection'
  | 'tls'
>;

/** Returns a text for each setting that differs from its default. */
export function describeLimits(policy: DestinationPolicy): string[] {
  const { circuitBreakers, connectTimeoutMs, maxRequestsPerConnection, idleTimeoutMs } = policy;
  const { outlierDetection, tls } = policy;
  const limits = (
    [
      ['connections', 'maxConnections'],
      ['requests waiting for a connection', 'maxPendingRequests'],
      ['requests', 'maxRequests'],
      ['retries', 'maxRetries'],
    ] as const
  ).flatMap(([what, key]) =>
    circuitBreakers[key] < UNLIMITED[key] ? [`${circuitBreakers[key]} ${what}`] : [],
  );
  return [
    ...(limits.length > 0 ? [`at most ${limits.join(', ')} at once; more get 503`] : []),
    ...(maxRequestsPerConnection > 0 ? [`at most ${maxRequestsPerConnection} requests per connection`] : []),
    ...(connectTimeoutMs === CONNECT_TIMEOUT_MS ? [] : [`connect timeout ${connectTimeoutMs} ms`]),
    ...(idleTimeoutMs > 0 ? [`idle connections are closed after ${idleTimeoutMs} ms`] : []),
    ...(tls ? [describeTls(tls)] : []),
    ...(outlierDetection ? [describeOutlierDetection(outlierDetection)] : []),
  ];
}

/** Returns a text for the slow start of new endpoints, if there is one. */
export function describeSlowStart(policy: LbPolicy): string[] {
  if (!('slowStart' in policy) || !policy.slowStart) return [];
  const { windowMs, aggression, minWeightPercent } = policy.slowStart;
  const faster = aggression === 1 ? '' : ` (aggression ${aggression})`;
  return [
    `new pods get ${minWeightPercent} % of their share at first, all of it after ${windowMs} ms${faster}`,
  ];
}

function describeOutlierDetection(settings: OutlierDetection): string {
  const reasons = (
    [
      ['5xx', 'consecutive5xx'],
      ['gateway errors', 'consecutiveGatewayFailure'],
      ['failed connections', 'consecutiveLocalOriginFailure'],
    ] as const
  ).flatMap(([what, key]) => (settings[key] > 0 ? [`${settings[key]} ${what}`] : []));
  const { baseEjectionTimeMs, maxEjectionPercent } = settings;
  return `pods are ejected for ${baseEjectionTimeMs} ms after ${reasons.join(' or ')}, at most ${maxEjectionPercent} % of them`;
}

function describeTls({ sni, subjectAltNames, insecureSkipVerify }: TlsOrigination): string {
  const names =
    subjectAltNames.length > 0 ? subjectAltNames.join(' or ') : (sni ?? 'the host of the request');
  const server = sni === undefined ? '' : ` to ${sni}`;
  return `by TLS${server}, ${insecureSkipVerify ? 'with any certificate' : `with a certificate for ${names}`}`;
}

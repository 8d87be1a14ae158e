import {
  type Cluster,
  type OutlierDetection,
  type TlsOrigination,
  UNLIMITED,
  CONNECT_TIMEOUT_MS,
} from '@bookinfo/routing';

/** How a proxy treats a destination, beside balancing. */
export type DestinationPolicy = Pick<
  Cluster,
  | 'circuitBreakers'
  | 'connectTimeoutMs'
  | 'maxRequestsPerConnection'
  | 'idleTimeoutMs'
  | 'outlierDetection'
  | 'tls'
>;

/** What of it isn't the default, a text for each. */
export function describeLimits(policy: DestinationPolicy): string[] {
  const { circuitBreakers, connectTimeoutMs, maxRequestsPerConnection, idleTimeoutMs } = policy;
  const { outlierDetection, tls } = policy;
  const limits = (
    [
      ['connections', 'maxConnections'],
      ['requests waiting for one', 'maxPendingRequests'],
      ['requests', 'maxRequests'],
      ['retries', 'maxRetries'],
    ] as const
  ).flatMap(([what, key]) =>
    circuitBreakers[key] < UNLIMITED[key] ? [`${circuitBreakers[key]} ${what}`] : [],
  );
  return [
    ...(limits.length > 0 ? [`at once at most ${limits.join(', ')}; more get 503`] : []),
    ...(maxRequestsPerConnection > 0 ? [`a new connection after ${maxRequestsPerConnection} requests`] : []),
    ...(connectTimeoutMs === CONNECT_TIMEOUT_MS
      ? []
      : [`a connection has to be there in ${connectTimeoutMs} ms`]),
    ...(idleTimeoutMs > 0 ? [`an unused connection is closed after ${idleTimeoutMs} ms`] : []),
    ...(tls ? [describeTls(tls)] : []),
    ...(outlierDetection ? [describeOutlierDetection(outlierDetection)] : []),
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
  return `left out for ${baseEjectionTimeMs} ms after ${reasons.join(' or ')}, at most ${maxEjectionPercent} % of the pods`;
}

function describeTls({ sni, subjectAltNames, insecureSkipVerify }: TlsOrigination): string {
  const names =
    subjectAltNames.length > 0 ? subjectAltNames.join(' or ') : (sni ?? 'the host that is called');
  const asked = sni === undefined ? '' : ` to ${sni}`;
  return `by TLS${asked}, ${insecureSkipVerify ? 'whatever its certificate' : `with a certificate for ${names}`}`;
}

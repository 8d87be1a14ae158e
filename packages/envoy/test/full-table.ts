import {
  UNLIMITED,
  type Cluster,
  type ForwardAction,
  type Route,
  type RouteTable,
  DEFAULT_RETRY_POLICY,
} from '@bookinfo/routing';

const NO_MATCH = { headers: [], queryParameters: [] };

const HEADERS = {
  remove: ['x-removed'],
  add: [
    { name: 'x-set', value: '100%% %REQ(host)% %DOWNSTREAM_REMOTE_ADDRESS%', append: false },
    { name: 'x-added', value: 'b', append: true },
  ],
};

/** Returns a table that sets every field of a route table, with each alternative of a union at least once. */
export function fullTable(): RouteTable {
  const clusters = CLUSTERS.map((cluster, index) => ({
    ...BASE,
    ...cluster,
    name: `outbound|${index}||full`,
  }));
  const virtualHosts = [
    { name: 'full:80', domains: ['full', '*.full'], routes: [...FORWARDS.map(forward), ...LOCAL_RESPONSES] },
  ];
  return {
    routeConfigurations: new Map(
      [80, 9080].map((port) => [
        port,
        [
          {
            name: String(port),
            virtualHosts: virtualHosts.map((virtualHost) => ({ ...virtualHost, name: `full:${port}` })),
          },
        ],
      ]),
    ),
    clusters: new Map(clusters.map((cluster) => [cluster.name, cluster])),
    unmatchedHost: 'passthrough',
    tracing: {
      randomSamplingPercentage: 12.5,
      customTags: [
        { tag: 'literal', kind: 'literal', value: 'a' },
        { tag: 'header', kind: 'header', name: 'end-user', defaultValue: 'none' },
        { tag: 'environment', kind: 'environment', name: 'ZONE', defaultValue: '' },
      ],
    },
  };
}

const BASE: Cluster = {
  name: '',
  type: 'EDS',
  lbPolicy: { kind: 'LEAST_REQUEST' },
  connectTimeoutMs: 1500,
  circuitBreakers: UNLIMITED,
  maxRequestsPerConnection: 0,
  idleTimeoutMs: 0,
  endpoints: [{ address: '127.0.0.1', port: 1, pod: 'pod', labels: {} }],
};

const OUTLIERS: NonNullable<Cluster['outlierDetection']> = {
  consecutive5xx: 5,
  consecutiveGatewayFailure: 3,
  consecutiveLocalOriginFailure: 0,
  splitExternalLocalOriginErrors: true,
  intervalMs: 10_000,
  baseEjectionTimeMs: 30_000,
  maxEjectionPercent: 10,
  minHealthPercent: 50,
};

const CLUSTERS: Partial<Cluster>[] = [
  { lbPolicy: { kind: 'RANDOM' }, outlierDetection: OUTLIERS },
  {
    type: 'STATIC',
    endpoints: [1, 2].map((port) => ({
      address: '127.0.0.1',
      port,
      pod: 'pod',
      labels: {},
      weight: port + 1,
    })),
  },
  {
    lbPolicy: { kind: 'LEAST_REQUEST', slowStart: { windowMs: 1500, aggression: 2.5, minWeightPercent: 0 } },
  },
  {
    lbPolicy: { kind: 'ROUND_ROBIN', slowStart: { windowMs: 1500, aggression: 1, minWeightPercent: 10 } },
    maxRequestsPerConnection: 1,
    idleTimeoutMs: 500,
  },
  { lbPolicy: { kind: 'RING_HASH', minimumRingSize: 1024 }, type: 'STATIC' },
  {
    lbPolicy: { kind: 'MAGLEV', tableSize: 65_537 },
    type: 'STRICT_DNS',
    tls: { subjectAltNames: ['full.example'], insecureSkipVerify: false },
    sourceAddress: '127.0.0.6',
  },
  { type: 'LOGICAL_DNS' },
  { tls: { sni: 'full.example', subjectAltNames: [], insecureSkipVerify: true } },
  { lbPolicy: { kind: 'CLUSTER_PROVIDED' }, type: 'ORIGINAL_DST', endpoints: [] },
];

const FORWARDS: Partial<ForwardAction>[] = [
  {
    rewrite: { kind: 'prefix', value: '/b' },
    hostRewrite: 'other',
    timeoutMs: 250,
    mirrors: [
      { cluster: 'outbound|1||full', percentage: 12.5, shadowHostSuffix: true },
      { cluster: 'outbound|2||full', percentage: 100, shadowHostSuffix: false },
    ],
    hashPolicies: [
      { kind: 'header', name: 'x-user' },
      { kind: 'cookie', name: 'user', path: '/', ttlMs: 0 },
      { kind: 'cookie', name: 'user' },
      { kind: 'source-ip' },
      { kind: 'query-parameter', name: 'user' },
    ],
  },
  {
    rewrite: { kind: 'path', value: '/all\\1' },
    retryPolicy: {
      ...DEFAULT_RETRY_POLICY,
      retriableStatusCodes: [503],
      perTryTimeoutMs: 20,
      avoidPreviousHosts: false,
    },
  },
  {
    rewrite: { kind: 'regex', pattern: '^/(a)', substitution: '/\\1' },
    weightedClusters: [
      {
        name: 'outbound|0||full',
        weight: 1,
        requestHeaders: HEADERS,
        responseHeaders: HEADERS,
        hostRewrite: 'another',
      },
      { name: 'missing', weight: 3 },
    ],
    clusterNotFoundStatus: 500,
  },
  { weightedClusters: [], clusterNotFoundStatus: 500 },
];

function forward(action: Partial<ForwardAction>, index: number): Route {
  return {
    name: `forward ${index}`,
    match: {
      path: (
        [
          { kind: 'prefix', value: '/a', ignoreCase: true },
          { kind: 'exact', value: '/a', ignoreCase: false },
          { kind: 'regex', value: '/a.*', ignoreCase: false },
          { kind: 'path-separated-prefix', value: '/a', ignoreCase: true },
        ] as const
      )[index] ?? { kind: 'path-separated-prefix', value: '/', ignoreCase: false },
      headers: [
        { name: ':method', value: { kind: 'exact', value: 'GET' }, invert: false, missingAsEmpty: false },
        { name: 'x-a', value: { kind: 'regex', value: 'a|b' }, invert: true, missingAsEmpty: true },
        { name: 'x-b', value: { kind: 'present' }, invert: true, missingAsEmpty: false },
      ],
      queryParameters: [
        { name: 'a', value: { kind: 'prefix', value: 'b' } },
        { name: 'b', value: { kind: 'present' } },
      ],
    },
    fault: {
      delay: { percentage: 0.5, fixedDelayMs: 1 },
      abort: { percentage: 50, httpStatus: 200, ...(index === 0 ? { grpcStatus: 14 } : {}) },
    },
    cors: {
      allowOrigins: [
        { kind: 'exact', value: 'http://a' },
        { kind: 'regex', value: '.*' },
      ],
      allowMethods: 'GET,POST',
      allowHeaders: 'x-a',
      exposeHeaders: 'x-b',
      maxAge: 60,
      allowCredentials: true,
      forwardUnmatchedPreflights: index === 0,
    },
    requestHeaders: HEADERS,
    responseHeaders: HEADERS,
    action: {
      kind: 'forward',
      weightedClusters: [{ name: 'outbound|0||full', weight: 100 }],
      timeoutMs: 0,
      retryPolicy: DEFAULT_RETRY_POLICY,
      mirrors: [],
      hashPolicies: [],
      clusterNotFoundStatus: 503,
      ...action,
    },
  };
}

const LOCAL_RESPONSES: Route[] = [
  {
    name: 'redirect',
    match: NO_MATCH,
    action: {
      kind: 'redirect',
      status: 308,
      host: 'b',
      scheme: 'https',
      port: 8443,
      path: { kind: 'path', value: '/b?c' },
    },
  },
  {
    name: 'redirect of a prefix',
    match: NO_MATCH,
    action: { kind: 'redirect', status: 301, port: 'from-request', path: { kind: 'prefix', value: '/b' } },
  },
  {
    name: 'long',
    match: NO_MATCH,
    action: { kind: 'direct-response', status: 200, body: 'x'.repeat(100_000) },
  },
  {
    name: 'empty',
    match: NO_MATCH,
    responseHeaders: HEADERS,
    action: { kind: 'direct-response', status: 418, body: '' },
  },
];

import { z } from 'zod';
import type { Explanation, RuleReference } from '@bookinfo/analysis';
import { LEFT_OUT_CODES } from '@bookinfo/compiler';

const { strictObject } = z;
const optional = z.exactOptional;

const headerMutations = strictObject({
  remove: z.array(z.string()),
  add: z.array(strictObject({ name: z.string(), value: z.string(), append: z.boolean() })),
});

const headerEdits = {
  requestHeaders: optional(headerMutations),
  responseHeaders: optional(headerMutations),
};

const pathRewrite = z.discriminatedUnion('kind', [
  strictObject({ kind: z.literal('prefix'), value: z.string() }),
  strictObject({ kind: z.literal('path'), value: z.string() }),
  strictObject({ kind: z.literal('regex'), pattern: z.string(), substitution: z.string() }),
]);

const lbPolicy = z.union([
  strictObject({
    kind: z.enum(['LEAST_REQUEST', 'ROUND_ROBIN']),
    slowStart: optional(
      strictObject({ windowMs: z.number(), aggression: z.number(), minWeightPercent: z.number() }),
    ),
  }),
  strictObject({ kind: z.enum(['RANDOM', 'CLUSTER_PROVIDED']) }),
  strictObject({ kind: z.literal('RING_HASH'), minimumRingSize: z.number() }),
  strictObject({ kind: z.literal('MAGLEV'), tableSize: z.number() }),
]);

const hashPolicy = z.discriminatedUnion('kind', [
  strictObject({ kind: z.literal('header'), name: z.string() }),
  strictObject({
    kind: z.literal('cookie'),
    name: z.string(),
    path: optional(z.string()),
    ttlMs: optional(z.number()),
  }),
  strictObject({ kind: z.literal('source-ip') }),
  strictObject({ kind: z.literal('query-parameter'), name: z.string() }),
]);

const destinationPolicy = strictObject({
  circuitBreakers: strictObject({
    maxConnections: z.number(),
    maxPendingRequests: z.number(),
    maxRequests: z.number(),
    maxRetries: z.number(),
  }),
  connectTimeoutMs: z.number(),
  maxRequestsPerConnection: z.number(),
  idleTimeoutMs: z.number(),
  outlierDetection: optional(
    strictObject({
      consecutive5xx: z.number(),
      consecutiveGatewayFailure: z.number(),
      consecutiveLocalOriginFailure: z.number(),
      splitExternalLocalOriginErrors: z.boolean(),
      intervalMs: z.number(),
      baseEjectionTimeMs: z.number(),
      maxEjectionPercent: z.number(),
      minHealthPercent: z.number(),
    }),
  ),
  tls: optional(
    strictObject({
      sni: optional(z.string()),
      subjectAltNames: z.array(z.string()),
      insecureSkipVerify: z.boolean(),
    }),
  ),
});

const destination = strictObject({
  ...headerEdits,
  cluster: z.string(),
  share: z.number(),
  state: z.enum(['ready', 'no-healthy-upstream', 'cluster-not-found']),
  lbPolicy: optional(lbPolicy),
  policy: optional(destinationPolicy),
  reason: optional(z.string()),
  endpoints: z.record(z.string(), z.array(z.string())),
  weights: optional(z.record(z.string(), z.number())),
  hostRewrite: optional(z.string()),
});

const weightedCluster = strictObject({
  ...headerEdits,
  name: z.string(),
  weight: z.number(),
  hostRewrite: optional(z.string()),
});

const forwardAction = strictObject({
  kind: z.literal('forward'),
  weightedClusters: z.array(weightedCluster),
  destinations: z.array(destination),
  timeoutMs: z.number(),
  retryPolicy: strictObject({
    numRetries: z.number(),
    retryOn: z.array(z.string()),
    retriableStatusCodes: z.array(z.number()),
    perTryTimeoutMs: z.number(),
    baseIntervalMs: z.number(),
    avoidPreviousHosts: z.boolean(),
  }),
  rewrite: optional(pathRewrite),
  hostRewrite: optional(z.string()),
  mirrors: z.array(
    strictObject({ cluster: z.string(), percentage: z.number(), shadowHostSuffix: z.boolean() }),
  ),
  hashPolicies: z.array(hashPolicy),
  clusterNotFoundStatus: z.literal([503, 500]),
});

const redirectAction = strictObject({
  kind: z.literal('redirect'),
  status: z.literal([301, 302, 303, 307, 308]),
  host: optional(z.string()),
  scheme: optional(z.enum(['http', 'https'])),
  port: optional(z.union([z.number(), z.enum(['from-protocol', 'from-request'])])),
  path: optional(pathRewrite),
});

const action = z.discriminatedUnion('kind', [
  forwardAction,
  redirectAction,
  strictObject({ kind: z.literal('direct-response'), status: z.number(), body: z.string() }),
  strictObject({ kind: z.enum(['passthrough', 'not-found', 'route-not-found']) }),
  strictObject({ kind: z.literal('blocked'), hasListener: z.boolean() }),
]);

const ruleReference = strictObject({
  resource: optional(z.string()),
  name: z.string(),
  file: optional(z.string()),
  line: optional(z.number()),
  delegatedBy: optional(z.lazy((): z.ZodType<RuleReference> => ruleReference)),
});

const stringMatch = strictObject({ kind: z.enum(['exact', 'prefix', 'regex']), value: z.string() });

/** The schema of an Explanation in the admin endpoint's JSON. */
export const explanation = strictObject({
  ...headerEdits,
  from: z.string(),
  request: strictObject({
    port: z.number(),
    method: z.string(),
    scheme: z.enum(['http', 'https']),
    serverName: z.exactOptional(z.string()),
    authority: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()),
  }),
  virtualHost: optional(z.string()),
  hint: optional(z.string()),
  rewrittenPath: optional(z.string()),
  location: optional(z.string()),
  rule: optional(ruleReference),
  passedOver: z.array(ruleReference.extend({ reason: z.string() })),
  leftOut: z.array(ruleReference.extend({ code: z.enum(LEFT_OUT_CODES), reason: z.string() })),
  fault: optional(
    strictObject({
      delay: optional(strictObject({ percentage: z.number(), fixedDelayMs: z.number() })),
      abort: optional(
        strictObject({
          percentage: z.number(),
          httpStatus: z.number(),
          grpcStatus: optional(z.number()),
        }),
      ),
    }),
  ),
  cors: optional(
    strictObject({
      allowOrigins: z.array(stringMatch),
      allowMethods: z.string(),
      allowHeaders: z.string(),
      exposeHeaders: z.string(),
      maxAge: optional(z.number()),
      allowCredentials: z.boolean(),
      forwardUnmatchedPreflights: z.boolean(),
    }),
  ),
  action,
  isPreflight: z.boolean(),
}) satisfies z.ZodType<Explanation>;

import { z } from 'zod';
import type { GraphEdge } from '@bookinfo/telemetry';

const { strictObject } = z;

const node = strictObject({
  /** `default/reviews-v1`; `service:` or `external:` and a host. */
  id: z.string(),
  /** `service`: the responses that proxies make themselves in the place of a service, such as an injected fault. */
  kind: z.enum(['gateway', 'workload', 'service', 'external']),
  namespace: z.string(),
  name: z.string(),
  app: z.exactOptional(z.string()),
  version: z.exactOptional(z.string()),
  pods: z.number(),
  readyPods: z.number(),
  restarts: z.number(),
  /** Pods that a proxy sends no requests to because they have failed too often. */
  ejected: z.number(),
});

const edge = strictObject({
  from: z.string(),
  to: z.string(),
  service: z.string(),
  requests: z.number(),
  requestsPerSecond: z.number(),
  share: z.number(),
  predictedShare: z.exactOptional(
    strictObject({ share: z.number(), low: z.number(), high: z.number(), agrees: z.boolean() }),
  ),
  errorRate: z.number(),
  p50Ms: z.exactOptional(z.number()),
  p99Ms: z.exactOptional(z.number()),
  flags: z.record(z.string(), z.number()),
  delays: z.number(),
  aborts: z.number(),
  retries: z.number(),
  mirrored: z.number(),
}) satisfies z.ZodType<GraphEdge>;

const decision = strictObject({
  resource: z.exactOptional(z.string()),
  file: z.exactOptional(z.string()),
  line: z.exactOptional(z.number()),
  route: z.exactOptional(z.string()),
  destination: z.exactOptional(z.string()),
  /** Percent. */
  weight: z.exactOptional(z.number()),
  delayMs: z.exactOptional(z.number()),
  /** The status of an injected fault. */
  abort: z.exactOptional(z.number()),
  attempts: z.array(
    strictObject({
      endpoint: z.string(),
      status: z.exactOptional(z.number()),
      reset: z.exactOptional(z.string()),
      micros: z.number(),
    }),
  ),
  mirrors: z.array(z.string()),
});

const span = strictObject({
  id: z.string(),
  parentId: z.exactOptional(z.string()),
  /** `CLIENT`, `SERVER`, or `INTERNAL` for a part of what a proxy does, such as one try. */
  kind: z.string(),
  name: z.string(),
  workload: z.string(),
  service: z.string(),
  startMicros: z.number(),
  durationMicros: z.number(),
  status: z.exactOptional(z.number()),
  flags: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
  annotations: z.array(strictObject({ micros: z.number(), value: z.string() })),
  decision: z.exactOptional(decision),
});

const trace = strictObject({
  traceId: z.string(),
  startMicros: z.number(),
  durationMicros: z.number(),
  root: strictObject({
    name: z.string(),
    method: z.exactOptional(z.string()),
    url: z.exactOptional(z.string()),
    status: z.exactOptional(z.number()),
  }),
  spans: z.number(),
  workloads: z.array(z.string()),
  flags: z.array(z.string()),
});

/** What the proxies have seen of the traffic. */
export const TRAFFIC_OPERATIONS = {
  /** The requests of the last minute; rates are of the last ten seconds. */
  graph: {
    method: 'GET',
    path: '/graph',
    request: strictObject({}),
    response: strictObject({
      at: z.iso.datetime(),
      windowSeconds: z.number(),
      /** True when it is made of what Envoys report: without predicted shares, injected faults and mirrors. */
      isFromSpans: z.boolean(),
      nodes: z.array(node),
      edges: z.array(edge),
    }),
  },
  /** The latest traces, the latest first. */
  traces: {
    method: 'GET',
    path: '/traces',
    request: strictObject({
      limit: z.coerce.number().pipe(z.int().min(1).max(500)).optional(),
      /** Only those with an error or a response flag. */
      errors: z.enum(['true', 'false']).optional(),
      /** Only those with this workload, such as `default/reviews-v1`. */
      workload: z.string().optional(),
    }),
    response: strictObject({ traces: z.array(trace), held: z.number(), dropped: z.number() }),
  },
  trace: {
    method: 'GET',
    path: '/trace',
    request: strictObject({ id: z.string() }),
    response: strictObject({ traceId: z.string(), spans: z.array(span) }),
  },
} as const;

import { z } from 'zod';
import type { PredictedResponse } from '@bookinfo/analysis';
import { kinds, type Kind } from '@bookinfo/rules';
import { explanation } from './explanation-schema.js';

const { strictObject } = z;

/** Limit of a request. */
export const MAX_BODY_BYTES = 1024 * 1024;

const sources = strictObject({ sources: z.array(strictObject({ file: z.string(), text: z.string() })) });

const probe = strictObject({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  from: z.string().optional(),
});

const predictedResponse = strictObject({
  status: z.number(),
  path: z.array(z.string()).readonly(),
  delayMs: z.number(),
  attempts: z.number(),
  nestedAttempts: z.number(),
  location: z.exactOptional(z.string()),
  outside: z.exactOptional(z.string()),
}) satisfies z.ZodType<PredictedResponse>;

const problem = strictObject({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  message: z.string(),
});

const cells = z.array(z.string()).readonly();
const table = strictObject({ columns: cells, rows: z.array(cells).readonly() });

const changes = strictObject({
  changes: z.array(
    strictObject({
      kind: z.enum(Object.keys(kinds) as [Kind]),
      name: z.string(),
      namespace: z.string(),
      action: z.enum(['created', 'configured', 'unchanged', 'deleted', 'not found']),
    }),
  ),
  notices: z.array(problem.extend({ level: z.enum(['warning', 'note']) })),
  warnings: z.array(z.string()),
});

const description = strictObject({
  /** URL of the ingress gateway. */
  url: z.string(),
  gateways: z
    .array(
      strictObject({
        gateway: z.string(),
        namespace: z.string(),
        isIngress: z.boolean(),
        port: z.number(),
        url: z.exactOptional(z.string()),
        problems: z.array(z.string()),
      }),
    )
    .readonly(),
  pid: z.number(),
  startedAt: z.iso.datetime(),
  dataPlane: z.enum(['embedded', 'envoy']),
  meshConfig: strictObject({
    istioVersion: z.string(),
    outboundTrafficPolicy: z.enum(['ALLOW_ANY', 'REGISTRY_ONLY']),
  }),
  /** One for each ready pod; `workload` is `namespace/deployment`. */
  sidecars: z.array(strictObject({ workload: z.string(), url: z.string() })),
});

/**
 * The operations of the admin endpoint. A `request` is the query of a GET or the JSON body of a POST. Server and client
 * validate by these schemas.
 */
export const ADMIN_API = {
  mesh: { method: 'GET', path: '/mesh', request: strictObject({}), response: description },
  get: {
    method: 'GET',
    path: '/resources',
    request: strictObject({ kind: z.string().optional(), name: z.string().optional() }),
    response: strictObject({
      tables: z.array(table),
      items: z.array(z.looseObject({})),
    }),
  },
  logs: {
    method: 'GET',
    path: '/logs',
    request: strictObject({ deployment: z.string(), namespace: z.string() }),
    response: strictObject({ pods: z.array(strictObject({ pod: z.string(), output: z.string() })) }),
  },
  explain: { method: 'POST', path: '/explain', request: probe, response: explanation },
  predict: {
    method: 'POST',
    path: '/predict',
    request: probe.extend({ assume: z.array(z.string()), user: z.string().optional() }),
    response: strictObject({
      responses: z.array(strictObject({ value: predictedResponse, share: z.number() })).readonly(),
      findings: z.array(z.string()).readonly(),
    }),
  },
  /** With `strict`, notices are problems. */
  apply: {
    method: 'POST',
    path: '/apply',
    request: sources.extend({ strict: z.boolean() }),
    response: changes,
  },
  delete: { method: 'POST', path: '/delete', request: sources, response: changes },
  restart: {
    method: 'POST',
    path: '/restart',
    request: strictObject({ deployment: z.string(), namespace: z.string() }),
    response: strictObject({}),
  },
} as const;

/** The body of a 422: the files have problems, and nothing has changed. */
export const refusal = strictObject({ problems: z.array(problem) });

/** The body of every other error. */
export const failure = strictObject({ error: z.string() });

/** An operation's name. */
export type Operation = keyof typeof ADMIN_API;
export type RequestOf<O extends Operation> = z.output<(typeof ADMIN_API)[O]['request']>;
export type ResponseOf<O extends Operation> = z.output<(typeof ADMIN_API)[O]['response']>;
/** Predicted responses, and what `check` reports of destinations on their way. */
export type Predicted = ResponseOf<'predict'>;
export type MeshDescription = ResponseOf<'mesh'>;
export type Refusal = z.output<typeof refusal>;

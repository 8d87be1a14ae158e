import { z } from 'zod';
import { LOAD_OPERATIONS } from './operations/load.js';
import { POD_OPERATIONS } from './operations/pods.js';
import { QUESTION_OPERATIONS } from './operations/questions.js';
import { RESOURCE_OPERATIONS } from './operations/resources.js';
import { problem } from './operations/schemas.js';
import { TRAFFIC_OPERATIONS } from './operations/traffic.js';
import { VERIFICATION_OPERATIONS } from './operations/verification.js';

const { strictObject } = z;

/** Limit of a request. */
export const MAX_BODY_BYTES = 1024 * 1024;

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
  ...RESOURCE_OPERATIONS,
  ...QUESTION_OPERATIONS,
  ...POD_OPERATIONS,
  ...LOAD_OPERATIONS,
  ...TRAFFIC_OPERATIONS,
  ...VERIFICATION_OPERATIONS,
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

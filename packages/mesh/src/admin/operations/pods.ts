import { z } from 'zod';
import { changes } from './schemas.js';

const { strictObject } = z;

/** Limit of `scale`. */
const MAX_REPLICAS = 20;

const deployment = strictObject({ deployment: z.string(), namespace: z.string() });

/** The pods of the mesh. */
export const POD_OPERATIONS = {
  pods: {
    method: 'GET',
    path: '/pods',
    request: strictObject({}),
    response: z.array(
      strictObject({
        name: z.string(),
        namespace: z.string(),
        deployment: z.string(),
        /** That of kubectl's STATUS, and `Not ready` for one that runs and is not ready. */
        state: z.string(),
        restarts: z.number(),
        startedAt: z.iso.datetime(),
        /** True when a proxy of the mesh sends it no requests because it has failed too often. */
        ejected: z.boolean(),
      }),
    ),
  },
  logs: {
    method: 'GET',
    path: '/logs',
    request: deployment,
    response: strictObject({ pods: z.array(strictObject({ pod: z.string(), output: z.string() })) }),
  },
  restart: { method: 'POST', path: '/restart', request: deployment, response: strictObject({}) },
  scale: {
    method: 'POST',
    path: '/scale',
    request: deployment.extend({ replicas: z.int().min(0).max(MAX_REPLICAS) }),
    response: changes,
  },
} as const;

import type { z } from 'zod';
import { object } from '../schema/containers.js';
import { host, labelName } from '../schema/names.js';
import { portNumber } from '../schema/value.js';

/** The destination of requests: a Service, or a subset of its pods. */
export const destination = object({
  host,
  subset: labelName.optional(),
  port: object({ number: portNumber }).optional(),
});

/** The destination of requests: a Service, or a subset of its pods. */
export type Destination = z.infer<typeof destination>;

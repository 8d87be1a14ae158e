import type { z } from 'zod';
import { object } from '../schema/containers.js';
import { host, labelName } from '../schema/names.js';
import { portNumber } from '../schema/value.js';

/** Whom requests are sent to: a Service, or a subset of its pods. */
export const destination = object({
  host,
  subset: labelName.optional(),
  port: object({ number: portNumber }).optional(),
});

/** Whom requests are sent to: a Service, or a subset of its pods. */
export type Destination = z.infer<typeof destination>;

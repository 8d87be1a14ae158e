import type { z } from 'zod';
import { object } from '../schema/containers.js';
import { oneOf } from '../schema/value.js';

/** LEAST_CONN is the old name of LEAST_REQUEST. */
export const loadBalancer = object({
  simple: oneOf(
    'UNSPECIFIED',
    'LEAST_REQUEST',
    'LEAST_CONN',
    'RANDOM',
    'ROUND_ROBIN',
    'PASSTHROUGH',
  ).optional(),
});

/** Which endpoint of a host gets the next request. */
export type LoadBalancerSettings = z.infer<typeof loadBalancer>;

import { z } from 'zod';

const { strictObject } = z;

/** Limits of the load generator, in requests a second. */
const MIN_RATE = 0.1;
const MAX_RATE = 200;

const load = strictObject({
  isOn: z.boolean(),
  requestsPerSecond: z.number(),
  user: z.exactOptional(z.string()),
  /** Since it was last set: requests, those without a response or with an error of the server, and the statuses. */
  sent: z.number(),
  failed: z.number(),
  statuses: z.record(z.string(), z.number()),
});

/** The load generator, which opens the application's page through the ingress gateway. */
export const LOAD_OPERATIONS = {
  load: { method: 'GET', path: '/load', request: strictObject({}), response: load },
  setLoad: {
    method: 'POST',
    path: '/load',
    request: strictObject({
      isOn: z.boolean(),
      requestsPerSecond: z.number().min(MIN_RATE).max(MAX_RATE),
      /** Signs in as this user. Default: no user. */
      user: z.string().min(1).max(100).optional(),
    }),
    response: load,
  },
} as const;

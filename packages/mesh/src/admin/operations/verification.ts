import { z } from 'zod';
import { sources } from './schemas.js';

const { strictObject } = z;

/** `verify` of files on the running mesh, one at a time. */
export const VERIFICATION_OPERATIONS = {
  verification: {
    method: 'GET',
    path: '/verification',
    request: strictObject({}),
    response: strictObject({
      state: z.enum(['idle', 'running', 'ended', 'failed']),
      /** Claims that need no more requests, of all. */
      done: z.number(),
      of: z.number(),
      /** The claim whose requests are sent. */
      claim: z.exactOptional(z.string()),
      /** As `verify --json`, and as `verify` prints it. */
      report: z.exactOptional(z.looseObject({})),
      text: z.exactOptional(z.string()),
      error: z.exactOptional(z.string()),
    }),
  },
  startVerification: {
    method: 'POST',
    path: '/verification',
    request: sources.extend({
      /** The smallest drift of a share that must be detected, in percentage points, as `verify --detect`. */
      detectPercent: z.number().min(1).max(50).optional(),
    }),
    response: strictObject({}),
  },
  stopVerification: {
    method: 'POST',
    path: '/verification/stop',
    request: strictObject({}),
    response: strictObject({}),
  },
} as const;

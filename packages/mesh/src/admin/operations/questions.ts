import { z } from 'zod';
import type { PredictedResponse } from '@bookinfo/analysis';
import { explanation } from '../explanation-schema.js';
import { notice, problem, sources } from './schemas.js';

const { strictObject } = z;

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

/** Questions about the rules in force, or about files; nothing changes. */
export const QUESTION_OPERATIONS = {
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
  /** What `check` says of the files, as if they were applied and all pods ready; an error of it is a problem here. */
  check: {
    method: 'POST',
    path: '/check',
    request: sources,
    response: strictObject({
      problems: z.array(problem),
      notices: z.array(notice),
      warnings: z.array(z.string()),
    }),
  },
} as const;

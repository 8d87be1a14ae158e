import type { z } from 'zod';
import { complain, object } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { wholeNumber } from '../schema/value.js';
import { percent } from './percent.js';

/** Without a percentage a fault happens to nobody (istio/istio TranslateFault); `percent` is the old field. */
export const httpFaultInjection = object({
  delay: object({
    fixedDelay: duration,
    percentage: percent.optional(),
    percent: wholeNumber(0, 100).optional(),
  }).optional(),
  abort: object({
    httpStatus: wholeNumber(200, 600),
    percentage: percent.optional(),
  }).optional(),
}).superRefine((fault, context) => {
  if (!fault.delay && !fault.abort) complain(context, 'a delay or an abort is needed');
});

/** Delay and abort, each for its own share of the requests. */
export type HTTPFaultInjection = z.infer<typeof httpFaultInjection>;

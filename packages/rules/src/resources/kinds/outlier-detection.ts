import type { z } from 'zod';
import { complain, object, refused } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { boolean, wholeNumber } from '../schema/value.js';

const count = wholeNumber(0, 2 ** 32 - 1).optional();
const percent = wholeNumber(0, 100).optional();

/** A count of 0 switches its reason off. */
export const outlierDetection = object({
  consecutive5xxErrors: count,
  consecutiveGatewayErrors: count,
  splitExternalLocalOriginErrors: boolean.optional(),
  consecutiveLocalOriginFailures: count,
  interval: duration.optional(),
  baseEjectionTime: duration.optional(),
  maxEjectionPercent: percent,
  minHealthPercent: percent,
  ...refused({
    consecutiveErrors: 'deprecated by Istio: write consecutive5xxErrors or consecutiveGatewayErrors',
  }),
}).superRefine((outlier, context) => {
  const { consecutiveLocalOriginFailures = 0, splitExternalLocalOriginErrors = false } = outlier;
  if (consecutiveLocalOriginFailures > 0 && !splitExternalLocalOriginErrors)
    complain(context, 'it needs splitExternalLocalOriginErrors: true', ['consecutiveLocalOriginFailures']);
});

/** When an endpoint that fails is left out for a while. */
export type OutlierDetectionSettings = z.infer<typeof outlierDetection>;

import type { z } from 'zod';
import { addIssue, object, passedOverFields } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { boolean, wholeNumber } from '../schema/value.js';

const count = wholeNumber(0, 2 ** 32 - 1).optional();
const percent = wholeNumber(0, 100).optional();

/** Conditions that eject an endpoint from load balancing; a count of 0 disables its condition. */
export const outlierDetection = object({
  consecutive5xxErrors: count,
  consecutiveGatewayErrors: count,
  splitExternalLocalOriginErrors: boolean.optional(),
  consecutiveLocalOriginFailures: count,
  interval: duration.optional(),
  baseEjectionTime: duration.optional(),
  maxEjectionPercent: percent,
  minHealthPercent: percent,
  ...passedOverFields(
    {
      consecutiveErrors:
        'deprecated and without effect in Istio: use consecutive5xxErrors or consecutiveGatewayErrors',
    },
    'warning',
  ),
}).superRefine((outlier, context) => {
  const { consecutiveLocalOriginFailures = 0, splitExternalLocalOriginErrors = false } = outlier;
  if (consecutiveLocalOriginFailures > 0 && !splitExternalLocalOriginErrors)
    addIssue(context, 'it needs splitExternalLocalOriginErrors: true', ['consecutiveLocalOriginFailures']);
});

/** Conditions that eject an endpoint from load balancing. */
export type OutlierDetectionSettings = z.infer<typeof outlierDetection>;

import { GRPC_STATUS } from '@bookinfo/text';
import type { z } from 'zod';
import { addIssue, object, unsupportedFields } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { responseStatus } from '../schema/status-codes.js';
import { oneOf, wholeNumber } from '../schema/value.js';
import { percent } from './percent.js';

/**
 * Delay and abort, each for its own percentage of the requests, which is 0 by default (istio/istio TranslateFault); `percent` is
 * deprecated.
 */
export const httpFaultInjection = object({
  delay: object({
    fixedDelay: duration,
    percentage: percent.optional(),
    percent: wholeNumber(0, 100).optional(),
    ...unsupportedFields({ exponentialDelay: 'Istio does not implement it either' }),
  }).optional(),
  abort: object({
    httpStatus: responseStatus.optional(),
    grpcStatus: oneOf(...GRPC_STATUS).optional(),
    percentage: percent.optional(),
    ...unsupportedFields({ http2Error: 'Istio does not implement it either' }),
  })
    .superRefine(({ httpStatus, grpcStatus }, context) => {
      if ((httpStatus === undefined) === (grpcStatus === undefined))
        addIssue(context, 'either httpStatus or grpcStatus is needed');
    })
    .optional(),
}).superRefine((fault, context) => {
  if (!fault.delay && !fault.abort) addIssue(context, 'a delay or an abort is needed');
});

/** Delay and abort, each for its own percentage of the requests. */
export type HTTPFaultInjection = z.infer<typeof httpFaultInjection>;

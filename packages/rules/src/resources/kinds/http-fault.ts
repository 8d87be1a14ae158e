import { GRPC_STATUS } from '@bookinfo/text';
import type { z } from 'zod';
import { complain, object, refused } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { oneOf, wholeNumber } from '../schema/value.js';
import { percent } from './percent.js';

/** Without a percentage a fault happens to nobody (istio/istio TranslateFault); `percent` is the old field. */
export const httpFaultInjection = object({
  delay: object({
    fixedDelay: duration,
    percentage: percent.optional(),
    percent: wholeNumber(0, 100).optional(),
    ...refused({ exponentialDelay: 'Istio does not inject it either' }),
  }).optional(),
  abort: object({
    httpStatus: wholeNumber(200, 600).optional(),
    grpcStatus: oneOf(...GRPC_STATUS).optional(),
    percentage: percent.optional(),
    ...refused({ http2Error: 'Istio does not inject it either' }),
  })
    .superRefine(({ httpStatus, grpcStatus }, context) => {
      if ((httpStatus === undefined) === (grpcStatus === undefined))
        complain(context, 'either httpStatus or grpcStatus is needed');
    })
    .optional(),
}).superRefine((fault, context) => {
  if (!fault.delay && !fault.abort) complain(context, 'a delay or an abort is needed');
});

/** Delay and abort, each for its own share of the requests. */
export type HTTPFaultInjection = z.infer<typeof httpFaultInjection>;

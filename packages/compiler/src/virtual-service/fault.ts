import type { HTTPFaultInjection } from '@bookinfo/rules';
import { GRPC_STATUS } from '@bookinfo/text';
import type { Fault } from '@bookinfo/routing';

/** Returns the fault of a rule; without a percentage it never applies, as in Istio (TranslateFault). */
export function compileFault({ delay, abort }: HTTPFaultInjection): Fault {
  return {
    ...(delay && {
      delay: {
        percentage: delay.percentage?.value ?? delay.percent ?? 0,
        fixedDelayMs: delay.fixedDelay.ms,
      },
    }),
    ...(abort && { abort: { percentage: abort.percentage?.value ?? 0, ...abortStatus(abort) } }),
  };
}

/**
 * Returns the statuses of an abort. A gRPC status has the HTTP status 200, for all clients (FaultFilter::abortHttpStatus).
 */
function abortStatus({ httpStatus = 200, grpcStatus }: NonNullable<HTTPFaultInjection['abort']>) {
  return { httpStatus, ...(grpcStatus && { grpcStatus: GRPC_STATUS.indexOf(grpcStatus) }) };
}

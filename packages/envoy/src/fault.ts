import type { Fault } from '@bookinfo/routing';
import { typed, type EnvoyMessage } from './message.js';
import { duration, fractionalPercent } from './scalars.js';

/** What the fault filter does on a route (envoy.extensions.filters.http.fault.v3.HTTPFault). */
export function httpFault({ delay, abort }: Fault): EnvoyMessage {
  return typed('envoy.extensions.filters.http.fault.v3.HTTPFault', {
    ...(delay && {
      delay: {
        fixed_delay: duration(delay.fixedDelayMs),
        percentage: fractionalPercent(delay.percentage),
      },
    }),
    ...(abort && {
      abort: {
        ...(abort.grpcStatus === undefined
          ? { http_status: abort.httpStatus }
          : { grpc_status: abort.grpcStatus }),
        percentage: fractionalPercent(abort.percentage),
      },
    }),
  });
}

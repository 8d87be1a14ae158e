import type { Fault } from '@bookinfo/routing';
import { duration, fractionalPercent, typed, type EnvoyMessage } from './protobuf-json.js';

/** envoy.extensions.filters.http.fault.v3.HTTPFault: the configuration of the fault filter for a route. */
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

import type { z } from 'zod';
import type { httpFaultInjection } from '../resources/kinds/http-fault.js';
import type { RouteRule } from '../resources/resource.js';
import type { Warn } from './warn.js';

type HTTPFaultManifest = z.input<typeof httpFaultInjection>;

/**
 * Returns the fault of a RouteRule for a VirtualService, with whole percentages, or undefined if it affects no request
 * (istio/istio 0.3.0, pilot/proxy/envoy/fault.go; the documentation of the time says that the default of `percent` is 100).
 */
export function httpFaultOf({ spec: { httpFault } }: RouteRule, warn: Warn): HTTPFaultManifest | undefined {
  const { delay, abort } = httpFault ?? {};
  const delayPercent = delay && wholePercent('delay', delay.percent, warn);
  const abortPercent = abort && wholePercent('abort', abort.percent, warn);
  const fault: HTTPFaultManifest = {
    ...(delay &&
      delayPercent && { delay: { percentage: { value: delayPercent }, fixedDelay: delay.fixedDelay.text } }),
    ...(abort &&
      abortPercent && { abort: { percentage: { value: abortPercent }, httpStatus: abort.httpStatus } }),
  };
  return Object.keys(fault).length > 0 ? fault : undefined;
}

function wholePercent(field: 'delay' | 'abort', percent: number | undefined, warn: Warn): number {
  const whole = Math.trunc(percent ?? 0);
  const path = ['spec', 'httpFault', field];
  if (percent === undefined) warn(path, `without a percent this ${field} affects no request`);
  else if (whole !== percent)
    warn([...path, 'percent'], `${percent} % means ${whole} %: Istio 0.2 dropped the fraction`);
  return whole;
}

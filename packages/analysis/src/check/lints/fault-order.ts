import type { IstioHTTPRoute, VirtualService } from '@bookinfo/rules';
import type { Lint, Warning } from './lint.js';

/**
 * Warns of faults beside retries or a timeout of one rule. The fault filter precedes the router, so that an aborted request
 * is never retried and a delay is no part of the timeout (docs/route-semantics.md, Faults, retries and timeouts).
 */
export const faultOrder: Lint<VirtualService> = ({ spec }) =>
  spec.http.flatMap((rule, index) => ofRule(rule, ['spec', 'http', index]));

function ofRule({ fault, retries, timeout }: IstioHTTPRoute, path: Warning['path']): Warning[] {
  const warnings: Warning[] = [];
  if (fault?.abort?.percentage && retries && retries.attempts > 0)
    warnings.push({
      code: 'fault-hides-retries',
      path: [...path, 'retries'],
      message:
        'these retries do not apply to the abort of the same rule, which is answered before them; inject the fault in another proxy on the way',
    });
  if ((fault?.delay?.percentage || fault?.delay?.percent) && timeout)
    warnings.push({
      code: 'delay-before-timeout',
      path: [...path, 'timeout'],
      message:
        'this timeout starts after the delay of the same rule, which it does not cut short; inject the delay in another proxy on the way',
    });
  return warnings;
}

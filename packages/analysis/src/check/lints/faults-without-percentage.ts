import type { VirtualService } from '@bookinfo/rules';
import type { Lint, Warning } from './lint.js';

/** Warns of delays and aborts without a percentage, which apply to no request. */
export const faultsWithoutPercentage: Lint<VirtualService> = ({ spec }) =>
  spec.http.flatMap(({ fault }, rule) => {
    const path = ['spec', 'http', rule, 'fault'];
    const warnings: Warning[] = [];
    if (fault?.delay && fault.delay.percentage === undefined && fault.delay.percent === undefined)
      warnings.push({
        code: 'fault-without-percentage',
        path: [...path, 'delay'],
        message: 'without a percentage this delay applies to no request',
      });
    if (fault?.abort && fault.abort.percentage === undefined)
      warnings.push({
        code: 'fault-without-percentage',
        path: [...path, 'abort'],
        message: 'without a percentage this abort applies to no request',
      });
    return warnings;
  });

import type { FieldPath, IstioHTTPRoute, VirtualService } from '@bookinfo/rules';
import type { Lint, Warning } from './lint.js';

/** Warns of weights that differ from the shares which they result in. */
export const weights: Lint<VirtualService> = ({ spec }) =>
  spec.http.flatMap(({ route }, rule) => weightsOf(route, ['spec', 'http', rule, 'route']));

function weightsOf(route: IstioHTTPRoute['route'], path: FieldPath): Warning[] {
  const [only, ...others] = route;
  if (!only) return [];
  if (others.length === 0) {
    if (only.weight === undefined || only.weight === 100) return [];
    const message = `the only destination gets every request, whatever its weight (${only.weight})`;
    return [{ path: [...path, 0, 'weight'], message }];
  }
  const warnings = route.flatMap(({ weight = 0, destination }, index): Warning[] => {
    const name = destination.subset ?? destination.host;
    return weight > 0
      ? []
      : [{ path: [...path, index], message: `${name} gets no request: its weight is 0 or missing` }];
  });
  const total = route.reduce((sum, { weight = 0 }) => sum + weight, 0);
  if (total !== 100) {
    const shares = route.map(({ weight = 0 }) => `${Number(((weight / total) * 100).toFixed(2))} %`);
    const message = `the weights add up to ${total}, so the shares are ${shares.join(', ')}`;
    warnings.push({ path, message });
  }
  return warnings;
}

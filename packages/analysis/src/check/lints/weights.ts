import type { FieldPath, IstioHTTPRoute, VirtualService } from '@bookinfo/rules';
import type { Lint, Warning } from './lint.js';

/** Says where weights differ from the shares which they result in. Only a weight that is missing is a likely mistake. */
export const weights: Lint<VirtualService> = ({ spec }) =>
  spec.http.flatMap(({ route }, rule) => weightsOf(route, ['spec', 'http', rule, 'route']));

function weightsOf(route: IstioHTTPRoute['route'], path: FieldPath): Warning[] {
  const [only, ...others] = route;
  if (!only) return [];
  if (others.length === 0) {
    if (only.weight === undefined || only.weight === 100) return [];
    const message = `the only destination gets every request, whatever its weight (${only.weight})`;
    return [{ level: 'note', code: 'weight-ignored', path: [...path, 0, 'weight'], message }];
  }
  const warnings = route.flatMap(({ weight, destination }, index): Warning[] => {
    const name = destination.subset ?? destination.host;
    if (weight === undefined)
      return [
        {
          code: 'weight-missing',
          path: [...path, index],
          message: `${name} gets no request: it has no weight beside other destinations`,
        },
      ];
    return weight > 0
      ? []
      : [
          {
            level: 'note',
            code: 'weight-zero',
            path: [...path, index],
            message: `${name} gets no request: its weight is 0`,
          },
        ];
  });
  const total = route.reduce((sum, { weight = 0 }) => sum + weight, 0);
  if (total !== 100) {
    const shares = route.map(({ weight = 0 }) => `${Number(((weight / total) * 100).toFixed(2))} %`);
    const message = `the weights add up to ${total}, so the shares are ${shares.join(', ')}`;
    warnings.push({ level: 'note', code: 'weights-total', path, message });
  }
  return warnings;
}

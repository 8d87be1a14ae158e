import { isGateway, type HTTPRoute, type HTTPRouteRule } from '@bookinfo/rules';
import type { Lint, Warning } from './lint.js';

/** Says what of an HTTPRoute has another effect than it seems to have. */
export const httpRouteNotes: Lint<HTTPRoute> = ({ spec }) => {
  const hostnames: Warning[] =
    spec.hostnames.length > 0 && spec.parentRefs.length > 0 && !spec.parentRefs.some(isGateway)
      ? [
          {
            level: 'note',
            code: 'route-hostnames',
            path: ['spec', 'hostnames'],
            message: 'hostnames have no effect in a route of a Service: its host is that of the Service',
          },
        ]
      : [];
  return [...hostnames, ...spec.rules.flatMap((rule, index) => ofRule(rule, ['spec', 'rules', index]))];
};

function ofRule({ backendRefs, filters, matches }: HTTPRouteRule, path: Warning['path']): Warning[] {
  const warnings: Warning[] = [];
  if (!filters.some((filter) => filter.requestRedirect) && !backendRefs.some(({ weight }) => weight > 0))
    warnings.push({
      level: 'error',
      code: 'no-backend',
      path,
      message: `no backendRef has a weight above 0: all requests get 500`,
    });
  const replacement = filters.find((filter) => filter.urlRewrite)?.urlRewrite?.path?.replacePrefixMatch;
  const value = replacement?.replace(/\/$/, '') ?? '';
  if (
    value !== '' &&
    matches.some(({ path: { type, value: prefix } }) => type === 'PathPrefix' && prefix === '/')
  )
    warnings.push({
      level: 'note',
      code: 'prefix-of-root',
      path,
      message: `replacePrefixMatch puts no slash between ${value} and the rest of the path: /a becomes ${value}a, as in Istio; the Gateway API has ${value}/a`,
    });
  return warnings;
}

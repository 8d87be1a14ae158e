import type { Problem } from '../resources/problem.js';
import { originOf, type Resource, type VirtualService } from '../resources/resource.js';
import { istioHas, istioSince, type IstioFeature } from './istio-version.js';

/** Returns a problem for each field that this version of Istio would refuse, although a later one accepts it. */
export function versionProblems(resources: readonly Resource[], istioVersion: string): Problem[] {
  return resources.flatMap((resource) =>
    resource.kind === 'VirtualService' ? ruleProblems(resource, istioVersion) : [],
  );
}

function ruleProblems(rule: VirtualService, istioVersion: string): Problem[] {
  const refused = (feature: IstioFeature, field: string, index: number, what: string): Problem[] => {
    if (istioHas(istioVersion, feature)) return [];
    const version = `Istio ${istioVersion} does not allow it, ${istioSince(feature)} does`;
    const origin = originOf(rule, ['spec', 'http', index, field]);
    return [{ ...origin, message: `spec.http[${index}].${field}: ${what} (${version})` }];
  };
  return rule.spec.http.flatMap(({ route, mirrors, rewrite, redirect }, index): Problem[] => {
    const total = route.reduce((sum, { weight = 0 }) => sum + weight, 0);
    const isTotalFree = route.length < 2 || total === 100;
    return [
      ...(isTotalFree
        ? []
        : refused('weightsOfAnyTotal', 'route', index, `the weights total ${total}, not 100`)),
      ...(rewrite?.uriRegexRewrite
        ? refused('uriRegexRewrite', 'rewrite', index, 'there is no uriRegexRewrite')
        : []),
      ...(redirect?.prefixRewrite === undefined
        ? []
        : refused('redirectPrefixRewrite', 'redirect', index, 'there is no prefixRewrite')),
      ...(mirrors.length === 0 ? [] : refused('mirrors', 'mirrors', index, 'there is only mirror')),
    ];
  });
}

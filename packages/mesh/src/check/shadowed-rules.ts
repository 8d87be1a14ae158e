import { compileMatch } from '../compile/match.js';
import type { RouteMatch } from '../compile/route-match.js';
import { originOf, type VirtualService } from '../resources/resource.js';
import { covers } from './covers.js';
import type { Finding } from './finding.js';

/** The rules of a VirtualService each of whose matches an earlier match covers, so that no request ever reaches them. */
export function shadowedRules(rule: VirtualService): Finding[] {
  const earlier: { match: RouteMatch; line: number }[] = [];
  return rule.spec.http.flatMap(({ match }, index): Finding[] => {
    const origin = originOf(rule, ['spec', 'http', index]);
    const matches = (match.length > 0 ? match : [undefined]).map((entry) => compileMatch(entry));
    const coveredBy = matches.map((inner) => earlier.find((outer) => covers(outer.match, inner)));
    earlier.push(...matches.map((each) => ({ match: each, line: origin.line })));
    const [first] = coveredBy;
    if (!first || coveredBy.includes(undefined)) return [];
    const lines = [...new Set(coveredBy.map((each) => each?.line))].join(', ');
    const message = `no request reaches this rule: what it matches is taken in line ${lines}`;
    return [{ level: 'warning', origin, message }];
  });
}

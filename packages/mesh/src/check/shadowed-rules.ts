import { effectiveRules, type Delegates } from '../compile/delegates.js';
import { compileMatch } from '../compile/match.js';
import type { RouteMatch } from '../compile/route-match.js';
import { hasLabels } from '../registry/labels.js';
import type { HTTPMatchRequest } from '../resources/kinds/http-match.js';
import type { VirtualService } from '../resources/resource.js';
import { covers } from './covers.js';
import type { Finding } from './finding.js';

interface Entry {
  written: HTTPMatchRequest | undefined;
  match: RouteMatch;
  line: number;
}

/** The rules of a VirtualService each of whose matches an earlier match covers, so that no request ever reaches them. */
export function shadowedRules(rule: VirtualService, delegates: Delegates, istioVersion: string): Finding[] {
  const earlier: Entry[] = [];
  return effectiveRules(rule, delegates).rules.flatMap(({ http: { match }, origin }): Finding[] => {
    const entries = (match.length > 0 ? match : [undefined]).map((written) => ({
      written,
      match: compileMatch(written, istioVersion),
      line: origin.line,
    }));
    const coveredBy = entries.map((inner) =>
      earlier.find((outer) => isForAllOf(outer.written, inner.written) && covers(outer.match, inner.match)),
    );
    earlier.push(...entries);
    const [first] = coveredBy;
    if (!first || coveredBy.includes(undefined)) return [];
    const lines = [...new Set(coveredBy.map((each) => each?.line))].join(', ');
    const message = `no request reaches this rule: what it matches is taken in line ${lines}`;
    return [{ level: 'warning', origin, message }];
  });
}

/** Whether `outer` is for every listener that `inner` is for (see `isForListener`). */
function isForAllOf(outer: HTTPMatchRequest | undefined, inner: HTTPMatchRequest | undefined): boolean {
  if (!outer) return true;
  if (outer.port !== undefined && outer.port !== inner?.port) return false;
  const gateways = inner?.gateways ?? [];
  if (outer.gateways.length > 0)
    return gateways.length > 0 && gateways.every((name) => outer.gateways.includes(name));
  const { sourceLabels = {}, sourceNamespace } = gateways.length > 0 || !inner ? {} : inner;
  return (
    hasLabels(sourceLabels, outer.sourceLabels) &&
    (outer.sourceNamespace === undefined || outer.sourceNamespace === sourceNamespace)
  );
}

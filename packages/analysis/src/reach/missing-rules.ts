import type { LeftOut, LeftOutCode } from '@bookinfo/compiler';
import type { RuleSource } from '@bookinfo/routing';
import type { Origin } from '@bookinfo/text';
import type { Model } from '@bookinfo/rules';
import type { CalledHost, ProxyRoutes } from './proxies.js';
import { originKey } from './rule-requests.js';
import { orphanedRules, writtenRules } from './written-rules.js';

/** A rule of a file that no proxy has. */
export interface MissingRule extends RuleSource {
  causes: Cause[];
}

/** A reason why no proxy has a rule, and the field to blame. */
export interface Cause {
  code: LeftOutCode | 'unused-delegate' | 'no-client';
  origin: Origin;
  message: string;
}

/** True of every rule for one sort of proxy, so that any other cause says more. */
const COMMON: readonly LeftOutCode[] = ['not-for-mesh', 'not-for-gateway', 'another-gateway'];

/** Returns the rules of these files that none of the proxies has, with the compiler's reasons. */
export function missingRules(
  proxies: readonly ProxyRoutes[],
  model: Model,
  files: ReadonlySet<string>,
): MissingRule[] {
  const present = new Set(proxies.flatMap(({ called }) => rulesOf(called)).map(originKey));
  const leftOut = proxies.flatMap((proxy) => proxy.leftOut);
  const isMissing = (rule: RuleSource): boolean =>
    files.has(rule.origin.file) && !present.has(originKey(rule));
  const missing = writtenRules(model)
    .filter(isMissing)
    .map((rule) => ({ ...rule, causes: causesOf(rule, leftOut) }));
  const orphans = orphanedRules(model).filter(isMissing);
  return [...missing, ...orphans.map((rule) => ({ ...rule, causes: [unusedDelegate(rule)] }))];
}

/** Returns what a cause says of its field. */
export function causeOf({ code, origin, isWhole, reason }: LeftOut): Cause {
  return { code, origin, message: isWhole ? reason : `this rule has no effect: ${reason}` };
}

function rulesOf(called: readonly CalledHost[]): RuleSource[] {
  return called.flatMap(({ virtualHost }) => virtualHost.routes.flatMap(({ rule }) => rule ?? []));
}

function causesOf(rule: RuleSource, leftOut: readonly LeftOut[]): Cause[] {
  const key = originKey(rule);
  const resources = [rule.resource, rule.delegatedBy?.resource];
  const all = leftOut.filter((each) =>
    each.isWhole ? resources.includes(each.resource) : originKey(each) === key,
  );
  const telling = all.filter(({ code }) => !COMMON.includes(code));
  const causes = (telling.length > 0 ? telling : all).map(causeOf);
  if (causes.length === 0)
    causes.push({
      code: 'no-client',
      origin: rule.origin,
      message: 'this rule has no effect: no proxy of this mesh has its host',
    });
  return [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()];
}

function unusedDelegate({ origin }: RuleSource): Cause {
  const reason = 'its VirtualService has no hosts, and no rule of another one delegates to it';
  return { code: 'unused-delegate', origin, message: `this rule has no effect: ${reason}` };
}

import { delegatesOf, effectiveRules } from '../compile/delegates.js';
import type { Model } from '../compile/model.js';
import { resolveHost } from '../registry/host.js';
import { originOf, type VirtualService } from '../resources/resource.js';
import { plannedClaims, type PlannedClaim } from '../verify/planned-claim.js';
import type { Finding } from './finding.js';
import { shadowedRules } from './shadowed-rules.js';

/**
 * What in these files compiles and yet does not do what it seems to: rules that no request reaches, subsets and hosts that
 * nothing stands behind, faults that happen to nobody; and for each rule of a Service that is reached, a request that does.
 */
export function check(model: Model, files: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = [];
  for (const resource of model.resources) {
    if (!files.has(resource.source.start.file)) continue;
    if (resource.kind === 'VirtualService') findings.push(...ruleFindings(resource, model));
    if (
      resource.kind === 'DestinationRule' &&
      !model.registry.service(resource.spec.host, resource.metadata.namespace)
    ) {
      const message = `no Service is called ${resource.spec.host}, so this DestinationRule is for nobody`;
      if (!resource.spec.host.includes('*'))
        findings.push({ level: 'warning', origin: originOf(resource, ['spec', 'host']), message });
    }
  }
  findings.push(...plannedClaims(model, files).flatMap(claimFindings));
  return findings.toSorted(
    (a, b) => a.origin.file.localeCompare(b.origin.file) || a.origin.line - b.origin.line,
  );
}

function ruleFindings(rule: VirtualService, model: Model): Finding[] {
  const { metadata, spec } = rule;
  const delegates = delegatesOf(model.resources);
  const findings = shadowedRules(rule, delegates, model.meshConfig.istioVersion);
  for (const { origin, reason } of effectiveRules(rule, delegates).dropped)
    findings.push({ level: 'warning', origin, message: `this rule takes no effect: ${reason}` });
  const warn = (path: (string | number)[], message: string): void =>
    void findings.push({ level: 'warning', origin: originOf(rule, path), message });
  if (spec.gateways.includes('mesh')) {
    for (const [index, host] of spec.hosts.entries())
      if (!host.includes('*') && !model.registry.service(host, metadata.namespace))
        warn(['spec', 'hosts', index], `no Service is called ${resolveHost(host, metadata.namespace)}`);
  }
  for (const [index, { fault }] of spec.http.entries()) {
    const path = ['spec', 'http', index, 'fault'];
    if (fault?.delay && fault.delay.percentage === undefined && fault.delay.percent === undefined)
      warn([...path, 'delay'], 'without a percentage this delay happens to nobody');
    if (fault?.abort && fault.abort.percentage === undefined)
      warn([...path, 'abort'], 'without a percentage this abort happens to nobody');
  }
  return findings;
}

function claimFindings({ claim, test, unreachable }: PlannedClaim): Finding[] {
  const { origin } = claim;
  if (!test) return [{ level: 'warning', origin, message: `no request reaches it for sure: ${unreachable}` }];
  const { action } = test.explanation;
  const destinations = action.kind === 'forward' ? action.destinations : [];
  const broken = destinations.flatMap(({ cluster, share, state }): Finding[] => {
    const percent = `${Number((share * 100).toFixed(2))} %`;
    if (state === 'ready') return [];
    const why = state === 'cluster-not-found' ? 'is no subset or host that anything defines' : 'has no pod';
    return [{ level: 'warning', origin, message: `${cluster} ${why}: ${percent} of its requests get 503` }];
  });
  return [...broken, { level: 'witness', origin, message: claim.request }];
}

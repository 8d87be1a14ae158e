import type { Model } from '@bookinfo/rules';
import type { Application } from '../application/application.js';
import { conflictFindings } from './conflicts.js';
import { destinationRuleFindings } from './destination-rule-findings.js';
import type { Finding } from './finding.js';
import { httpRouteFindings } from './http-route-findings.js';
import { legacyFindings } from './legacy-findings.js';
import { ruleFindings } from './rule-findings.js';
import { virtualServiceFindings } from './virtual-service-findings.js';

/**
 * What in these files compiles and yet does not do what it seems to: rules that no request reaches, hosts, subsets, ports
 * and gateways that nothing stands behind, weights and faults without effect, rules that contradict each other; and for
 * each rule that is reached, a request that does. By line, each finding once.
 */
export function check(model: Model, application: Application, files: ReadonlySet<string>): Finding[] {
  const resources = model.written.filter(({ source }) => files.has(source.start.file));
  const findings = [
    ...resources.flatMap((resource) => {
      if (resource.kind === 'VirtualService') return virtualServiceFindings(resource, model);
      if (resource.kind === 'HTTPRoute') return httpRouteFindings(resource, model);
      return resource.kind === 'DestinationRule' ? destinationRuleFindings(resource, model) : [];
    }),
    ...conflictFindings(resources, model),
    ...legacyFindings(model).filter(({ origin }) => files.has(origin.file)),
    ...ruleFindings(model, application, files),
  ];
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...distinct.values()].toSorted(
    ({ origin: a }, { origin: b }) => a.file.localeCompare(b.file) || a.line - b.line,
  );
}

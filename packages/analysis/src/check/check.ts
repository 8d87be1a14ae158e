import { originOf, type Model } from '@bookinfo/rules';
import type { Application } from '../application/application.js';
import type { Finding } from './finding.js';
import { lint } from './lints/index.js';
import { ruleFindings } from './rule-findings.js';
import { v1alpha2Findings } from './v1alpha2-findings.js';

/**
 * Checks these files for mistakes that compile: rules that no request reaches, names of hosts, subsets, ports and gateways
 * that do not exist, weights and faults without effect, and resources that conflict. For each rule that is reached it
 * returns a request that reaches it. The findings are in the order of lines, without duplicates.
 */
export function check(model: Model, application: Application, files: ReadonlySet<string>): Finding[] {
  const resources = model.written.filter(({ source }) => files.has(source.start.file));
  const findings: Finding[] = [
    ...resources.flatMap((resource) =>
      lint(resource, model).map(({ path, message }) => ({
        level: 'warning' as const,
        origin: originOf(resource, path),
        message,
      })),
    ),
    ...v1alpha2Findings(model).filter(({ origin }) => files.has(origin.file)),
    ...ruleFindings(model, application, files),
  ];
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...distinct.values()].toSorted(
    ({ origin: a }, { origin: b }) => a.file.localeCompare(b.file) || a.line - b.line,
  );
}

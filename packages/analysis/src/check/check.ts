import { originOf, type Model } from '@bookinfo/rules';
import type { Application } from '../application/application.js';
import { proxiesOf } from '../reach/proxies.js';
import { certificateFindings } from './certificate-findings.js';
import { defaultFindings } from './default-findings.js';
import { type Finding, formatFinding } from './finding.js';
import { leftOutFindings } from './left-out-findings.js';
import { lint } from './lints/index.js';
import { orderFindings } from './order-findings.js';
import { ruleFindings } from './rule-findings.js';
import { v1alpha2Findings } from './v1alpha2-findings.js';

/**
 * Checks these files for mistakes that compile: rules that no request reaches, names of hosts, subsets, ports and gateways
 * that do not exist, weights and faults without effect, and resources that conflict. For each rule that is reached it
 * returns a request that reaches it. The findings are in the order of lines, without duplicates.
 */
export function check(model: Model, application: Application, files: ReadonlySet<string>): Finding[] {
  const proxies = proxiesOf(model);
  return sorted(
    [
      ...fieldFindings(model, files),
      ...certificateFindings(model),
      ...ruleFindings(proxies, model, application, files),
      ...leftOutFindings(proxies, model),
      ...orderFindings(proxies, application, files),
      ...defaultFindings(proxies, model, application, files),
    ],
    files,
  );
}

/** Returns the findings of `check` that need no request: those about single fields. They cost little in a large mesh. */
export function checkFields(model: Model, files: ReadonlySet<string>): Finding[] {
  return sorted(fieldFindings(model, files), files);
}

function fieldFindings(model: Model, files: ReadonlySet<string>): Finding[] {
  const resources = model.written.filter(({ source }) => files.has(source.start.file));
  return [
    ...resources.flatMap((resource) =>
      lint(resource, model).map(({ path, level = 'warning', code, message }): Finding => ({
        level,
        code,
        origin: originOf(resource, path),
        message,
      })),
    ),
    ...v1alpha2Findings(model),
  ];
}

function sorted(findings: readonly Finding[], files: ReadonlySet<string>): Finding[] {
  const distinct = new Map(
    findings
      .filter(({ origin }) => files.has(origin.file))
      .map((finding) => [`${finding.origin.column} ${formatFinding(finding)}`, finding]),
  );
  return [...distinct.values()].toSorted(
    ({ origin: a }, { origin: b }) => a.file.localeCompare(b.file) || a.line - b.line,
  );
}

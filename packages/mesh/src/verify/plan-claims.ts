import {
  responseLabel,
  describeProbe,
  explain,
  formatFinding,
  groupBy,
  missingRules,
  predictWithCauses,
  proxiesOf,
  ruleRequests,
  unreachableReason,
  type PredictedResponse,
  type Application,
  type Assumption,
  type Explanation,
  type ProbeRequest,
  type RuleRequest,
} from '@bookinfo/analysis';
import type { HeaderMutations, RuleSource } from '@bookinfo/routing';
import type { Model } from '@bookinfo/rules';
import type { Observation, PlannedClaim } from '@bookinfo/verdict';
import { delayedPairs, sharesOf, type PredictedOutcome } from './predicted-outcome.js';
import { unpredictableReason, untestableParts } from './untestable.js';

/** The request that reaches a rule, and the responses that the files give it. */
export interface RuleTest {
  question: ProbeRequest;
  explanation: Explanation;
  predicted: readonly PredictedOutcome[];
  /** The workloads that take part in a response, such as `default/reviews-v2`. */
  workloads: readonly string[];
  /** The rule's mutations of headers of responses from backends. */
  responseHeaders?: HeaderMutations;
}

/** A claim about a rule with its test, or with the result when no request can test it. */
export type RuleClaim = { claim: PlannedClaim } & ({ test: RuleTest } | { observation: Observation });

/** Returns the label of an outcome. The number of attempts is not part of it, since a client cannot observe it. */
export function outcomeLabel(response: PredictedResponse): string {
  return responseLabel({ ...response, attempts: 1, nestedAttempts: 1 });
}

/**
 * Returns the claims about every rule of these files, in the order of the files: one through the gateway and one from a sidecar
 * when both have the rule, and one for each part of it that no response shows. A rule that no proxy has is unreachable.
 */
export function planClaims(
  model: Model,
  application: Application,
  files: ReadonlySet<string>,
  assumptions: readonly Assumption[] = [],
): RuleClaim[] {
  const proxies = proxiesOf(model);
  const requests = ruleRequests(proxies, model, application, files);
  return [
    ...requests.flatMap((request) => claimsFor(application, request, assumptions)),
    ...missingRules(proxies, model, files).map((rule) => {
      const reason = rule.causes.map(({ message }) => message).join('; ');
      return unverifiable(titleOf(rule), rule, { kind: 'unreachable', reason });
    }),
  ].toSorted(
    ({ claim: { origin: a } }, { claim: { origin: b } }) =>
      a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
}

function claimsFor(
  application: Application,
  request: RuleRequest,
  assumptions: readonly Assumption[],
): RuleClaim[] {
  const { rule, route, table, probe } = request;
  const title = titleOf(rule, route.name);
  if (!probe) return [unverifiable(title, rule, { kind: 'unreachable', reason: unreachableReason(request) })];
  const reason = unpredictableReason(route, table);
  if (reason !== undefined) return [untestableClaim(title, rule, reason)];
  const { responses, workloads, findings } = predictWithCauses(probe, application, assumptions);
  const names = new Set(responses.flatMap(({ value }) => value.path));
  const predicted = groupBy(responses, outcomeLabel).map(({ value, share }) => ({
    label: outcomeLabel(value),
    share,
    delayMs: value.delayMs,
    response: outcomeLabel({ ...value, delayMs: 0 }),
  }));
  const text = describeProbe(probe.sent);
  return [
    {
      claim: {
        title,
        origin: rule.origin,
        request: text,
        findings: findings.map(formatFinding),
        outcomes: sharesOf(predicted),
        delayed: delayedPairs(predicted),
      },
      test: {
        question: probe.sent,
        explanation: explain(probe),
        predicted,
        workloads: [...workloads].filter((workload) => names.has(workload.split('/').at(-1) ?? '')),
        ...(route.responseHeaders && { responseHeaders: route.responseHeaders }),
      },
    },
    ...untestableParts(route, responses).map((part) => untestableClaim(title, rule, part, text)),
  ];
}

function titleOf({ resource, origin }: RuleSource, name = ''): string {
  return `${resource} ${name === '' ? `line ${origin.line}` : name}`;
}

/** Returns a claim about a part of a rule; the part is the first word of the reason. */
function untestableClaim(title: string, rule: RuleSource, reason: string, request?: string): RuleClaim {
  const [part = ''] = reason.split(/[ (:]/);
  return unverifiable(`${title}, ${part}`, rule, { kind: 'untestable', reason }, request);
}

function unverifiable(
  title: string,
  { origin }: RuleSource,
  observation: Observation,
  request = 'none',
): RuleClaim {
  return { claim: { title, origin, request, outcomes: new Map() }, observation };
}

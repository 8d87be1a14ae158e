import type { Model } from '@bookinfo/rules';
import type { HeaderMutations } from '@bookinfo/routing';
import {
  type Application,
  explain,
  type Explanation,
  type Question,
  answerLabel,
  type Answer,
  type Assumption,
  groupBy,
  type Distribution,
  predict,
  describe,
  whyMissing,
  whyNot,
  originKey,
  ruleRequests,
  type RuleRequest,
  writtenRules,
  type WrittenRule,
} from '@bookinfo/analysis';
import type { Claim } from '@bookinfo/verdict';
import { unpredictable, untestable } from './untestable.js';

/** One rule of a file, the request that reaches it, and what the files say of that request. */
export interface PlannedClaim {
  claim: Omit<Claim, 'requests'>;
  /** Absent when no request reaches the rule. */
  test?: {
    question: Question;
    explanation: Explanation;
    answers: Distribution<Answer>;
    /** What the rule does to the headers of answers that come from behind it. */
    responseHeaders?: HeaderMutations;
  };
  /** Why none does. */
  unreachable?: string;
  /** What of the rule no answer can show, and why. */
  untestable: string[];
}

/** What nobody can see from outside is left out: how often a request was sent until it was answered. */
export function visibleLabel(answer: Answer): string {
  return answerLabel({ ...answer, tries: 1, triesBehind: 1 });
}

/**
 * A claim for every rule of these files, in their order: one through the gateway and one from a sidecar where both have it,
 * and one that can't be proven for a rule that no proxy has.
 */
export function plannedClaims(
  model: Model,
  application: Application,
  files: ReadonlySet<string>,
  assumptions: readonly Assumption[] = [],
): PlannedClaim[] {
  const requests = ruleRequests(model, application, files);
  const known = new Set(requests.map(({ rule }) => originKey(rule)));
  const missing = writtenRules(model, files).filter((rule) => !known.has(originKey(rule)));
  return [
    ...requests.map((each) => claimOf(model, application, each, assumptions)),
    ...missing.map(missingClaim),
  ].toSorted(
    ({ claim: { origin: a } }, { claim: { origin: b } }) =>
      a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
}

function claimOf(
  model: Model,
  application: Application,
  request: RuleRequest,
  assumptions: readonly Assumption[],
): PlannedClaim {
  const { rule, route, table, question } = request;
  const { origin } = rule;
  const title = `${rule.resource} ${route.name === '' ? `line ${origin.line}` : route.name}`;
  if (!question) return { ...nothing(title, rule), unreachable: whyNot(request) };
  const reason = unpredictable(route, table);
  if (reason !== undefined) return { ...nothing(title, rule), untestable: [reason] };
  const answers = groupBy(predict(model, application, question, assumptions), visibleLabel);
  return {
    claim: {
      title,
      origin,
      request: describe(question),
      outcomes: new Map(answers.map(({ value, share }) => [visibleLabel(value), share])),
    },
    test: {
      question,
      explanation: explain(model, question),
      answers,
      ...(route.responseHeaders && { responseHeaders: route.responseHeaders }),
    },
    untestable: untestable(route, predict(model, application, question, assumptions)),
  };
}

function missingClaim(rule: WrittenRule): PlannedClaim {
  const title = `${rule.resource} line ${rule.origin.line}`;
  return { ...nothing(title, rule), unreachable: whyMissing(rule) };
}

function nothing(title: string, { origin }: WrittenRule): Pick<PlannedClaim, 'claim' | 'untestable'> {
  return { claim: { title, origin, request: 'none', outcomes: new Map([['no answer', 1]]) }, untestable: [] };
}

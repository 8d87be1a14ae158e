import type { Question } from '../explain/question.js';
import type { RuleRequest } from './rule-requests.js';
import type { WrittenRule } from './written-rules.js';

/** Why no proxy has a rule that stands in a file. */
export function whyMissing({ reason }: WrittenRule): string {
  return reason === undefined
    ? 'no proxy of this mesh has the rule: another one has its host, or its gateways and sources are nobody here'
    : `this rule takes no effect: ${reason}`;
}

/** Why no request to the rule can be sent. */
export function whyNot({ reach, unaskable }: RuleRequest): string {
  switch (reach.kind) {
    case 'reached':
      return `nobody here can ask: ${unaskable}`;
    case 'undecided':
      return `whether a request reaches it is undecided: ${reach.reason}`;
    case 'unreachable': {
      const lines = [...new Set(reach.takenBy.map(({ rule }) => rule?.origin.line ?? 0))].toSorted(
        (a, b) => a - b,
      );
      if (lines.length === 0) return 'no request reaches it: there is none that it matches';
      const where = lines.length === 1 ? `line ${lines[0]} takes` : `lines ${lines.join(', ')} take`;
      return `no request reaches it: the ${lines.length === 1 ? 'rule in' : 'rules in'} ${where} all that it matches`;
    }
  }
}

/** A question as a person would type it. */
export function describe({ method, url, headers, from }: Question): string {
  const options = Object.entries(headers).map(([name, value]) => ` -H '${name}: ${value}'`);
  const asker = from === undefined ? 'through the ingress gateway' : `from ${from.replace(/^default\//, '')}`;
  return `${method} ${url}${options.join('')} ${asker}`;
}

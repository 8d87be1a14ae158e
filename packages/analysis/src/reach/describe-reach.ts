import type { ProbeRequest } from '../explain/probe-request.js';
import type { RuleRequest } from './rule-requests.js';

/** Returns the reason why no request to a rule can be sent. */
export function unreachableReason({ reach, unsendableReason }: RuleRequest): string {
  switch (reach.kind) {
    case 'reached':
      return `no client here can send a request that reaches it: ${unsendableReason}`;
    case 'undecided':
      return `it is undecided whether a request reaches it: ${reach.reason}`;
    case 'unreachable': {
      const lines = [...new Set(reach.takenBy.map(({ rule }) => rule?.origin.line ?? 0))].toSorted(
        (a, b) => a - b,
      );
      if (lines.length === 0) return 'no request reaches it: it matches none';
      return lines.length === 1
        ? `no request reaches it: the rule in line ${lines[0]} takes every request that it matches`
        : `no request reaches it: the rules in lines ${lines.join(', ')} take every request that it matches`;
    }
  }
}

/** Formats a request as `bookinfo explain` reads it. */
export function describeProbe({ method, url, headers, from }: ProbeRequest): string {
  const options = Object.entries(headers).map(([name, value]) => ` -H '${name}: ${value}'`);
  const client =
    from === undefined ? 'through the ingress gateway' : `from ${from.replace(/^default\//, '')}`;
  return `${method} ${url}${options.join('')} ${client}`;
}

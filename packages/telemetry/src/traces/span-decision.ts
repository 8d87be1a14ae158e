import type { AccessLogEntry, Attempt } from '@bookinfo/proxy';
import { endpointKey } from '@bookinfo/routing';

/** What a proxy has decided about one request, and by which rule. */
export interface SpanDecision {
  /** `VirtualService/default/reviews`, with the file and line of the rule; absent for the default route of a service. */
  resource?: string;
  file?: string;
  line?: number;
  route?: string;
  /** The cluster that was drawn, and its part of the weights in percent. */
  destination?: string;
  weight?: number;
  delayMs?: number;
  /** The status of an injected fault. */
  abort?: number;
  attempts: { endpoint: string; status?: number; reset?: string; micros: number }[];
  /** The clusters that got a copy. */
  mirrors: string[];
}

/** Returns the decision in a form that holds nothing of the request and of its table. */
export function spanDecision({ decision, attempts }: AccessLogEntry): SpanDecision | undefined {
  if (!decision) return undefined;
  const { lookup, delayMs, outcome } = decision;
  const { name, rule } = lookup.route ?? {};
  const drawn = 'weightedCluster' in outcome ? outcome.weightedCluster : undefined;
  const weights = outcome.kind === 'forward' ? outcome.action.weightedClusters : [];
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return {
    ...(rule && { resource: rule.resource, file: rule.origin.file, line: rule.origin.line }),
    ...(name !== undefined && { route: name }),
    ...(drawn && { destination: drawn.name }),
    ...(drawn && total > 0 && { weight: (100 * drawn.weight) / total }),
    ...(delayMs > 0 && { delayMs }),
    ...(outcome.kind === 'abort' && { abort: outcome.httpStatus }),
    attempts: attempts.map(attemptOf),
    mirrors: outcome.kind === 'forward' ? outcome.mirrors.map(({ cluster }) => cluster.name) : [],
  };
}

function attemptOf({ endpoint, status, reset, startMs, endMs }: Attempt): SpanDecision['attempts'][number] {
  return {
    endpoint: endpointKey(endpoint),
    ...(status !== undefined && { status }),
    ...(reset !== undefined && { reset }),
    micros: Math.round((endMs - startMs) * 1000),
  };
}

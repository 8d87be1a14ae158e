import type { GraphEdge, GraphNode } from '../api/types.ts';
import { formatCount, formatMs, formatRate, formatShare } from '../ui/format.ts';
import { shortId, shortService } from './names.ts';

/** Returns the observed share beside the predicted one: `79 % ≈ 80 %`, or `50 % ≠ 80 %` outside of the interval. */
export function shareText({ share, predictedShare }: GraphEdge): string {
  if (!predictedShare) return share < 1 ? formatShare(share) : '';
  if (predictedShare.agrees && share === 1 && predictedShare.share === 1) return '100 % ✓';
  return `${formatShare(share)} ${predictedShare.agrees ? '≈' : '≠'} ${formatShare(predictedShare.share)}`;
}

/** Returns what is unusual on an edge, the worst first, each with its sign. */
export function marks({ errorRate, aborts, delays, retries, mirrored }: GraphEdge): string[] {
  return [
    ...(errorRate > 0 ? [`⚠ ${formatShare(errorRate)} errors`] : []),
    ...(aborts > 0 ? [`✕ ${formatCount(aborts)} aborted`] : []),
    ...(delays > 0 ? [`◔ ${formatCount(delays)} delayed`] : []),
    ...(retries > 0 ? [`↻ ${formatCount(retries)} retries`] : []),
    ...(mirrored > 0 ? [`⇉ ${formatCount(mirrored)} mirrored`] : []),
  ];
}

/** Returns the signs alone of what is unusual on an edge. */
export function signs(edge: GraphEdge): string {
  const isOff = edge.predictedShare?.agrees === false;
  return [...(isOff ? ['≠'] : []), ...marks(edge).map((mark) => mark.slice(0, 1))].join(' ');
}

/** Returns the two lines of a short label. */
export function shortLines(edge: GraphEdge): [string, string] {
  const unusual = marks(edge).map((mark) => mark.slice(0, 1));
  return [[formatRate(edge.requestsPerSecond), ...unusual].join(' '), shareText(edge)];
}

/** Returns the two lines of an edge's label. */
export function edgeLines(edge: GraphEdge): [string, string] {
  const unusual = marks(edge);
  const latency = edge.p50Ms === undefined ? '' : `p50 ${formatMs(edge.p50Ms)} · p99 ${formatMs(edge.p99Ms)}`;
  return [
    [formatRate(edge.requestsPerSecond), shareText(edge)].filter(Boolean).join(' · '),
    unusual.length > 0 ? unusual.slice(0, 2).join(' · ') : latency,
  ];
}

/** Returns an edge as a sentence, which begins with what is visible of it. */
export function edgeSentence(edge: GraphEdge, lines: readonly string[]): string {
  const { predictedShare: predicted, flags } = edge;
  return [
    lines.join(' '),
    `${shortId(edge.from)} to ${shortId(edge.to)} for ${shortService(edge.service)}`,
    ...(predicted
      ? [`predicted ${formatShare(predicted.share)}, ${predicted.agrees ? 'agrees' : 'does not agree'}`]
      : []),
    ...(edge.p50Ms === undefined ? [] : [`p50 ${formatMs(edge.p50Ms)}, p99 ${formatMs(edge.p99Ms)}`]),
    ...marks(edge).map((mark) => mark.slice(2)),
    ...Object.entries(flags).map(([flag, count]) => `flag ${flag} ${formatCount(count)}`),
  ].join('; ');
}

/** Returns the second line of a node: its pods, and what is wrong with them. */
export function nodeLine({ kind, pods, readyPods, restarts, ejected }: GraphNode): string {
  if (kind !== 'workload') return kind;
  return [
    readyPods === pods ? `${pods} ${pods === 1 ? 'pod' : 'pods'}` : `⚠ ${readyPods} of ${pods} pods`,
    ...(ejected > 0 ? [`⊘ ${ejected} ejected`] : []),
    ...(restarts > 0 ? [`↻ ${restarts}`] : []),
  ].join(' · ');
}

/** Returns a node as a sentence, which begins with what is visible of it. */
export function nodeSentence(node: GraphNode, lines: readonly string[]): string {
  const { kind, id, restarts } = node;
  const state = lines.includes(nodeLine(node)) ? [] : [nodeLine(node)];
  const rest = restarts > 0 ? [`${restarts} restarts`] : [];
  return [lines.join(' '), `${kind} ${id}`, ...state, ...rest].join('; ');
}

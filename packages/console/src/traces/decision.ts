import type { Span } from '../api/types.ts';
import { formatShare } from '../ui/format.ts';

/** Returns the file and line of the rule that decided a span. */
export function ruleText({ decision }: Span): string {
  if (!decision) return '';
  const { file, line, resource } = decision;
  if (file) return line === undefined ? shortFile(file) : `${shortFile(file)}:${line}`;
  return resource ?? 'no rule';
}

function shortFile(file: string): string {
  return file.split('/').at(-1) ?? file;
}

/** Returns what was decided: the cluster that was drawn and by which weight. */
export function drawnText({ decision }: Span): string {
  if (!decision?.destination) return '';
  const cluster = clusterText(decision.destination);
  return decision.weight === undefined
    ? cluster
    : `${cluster} (weight ${formatShare(decision.weight / 100)})`;
}

/** Returns `outbound|9080|v1|reviews.default.svc.cluster.local` as `reviews v1`. */
export function clusterText(cluster: string): string {
  const [direction, , subset = '', host = ''] = cluster.split('|');
  if (direction !== 'outbound' || !host) return cluster;
  return [host.replace(/\.default\.svc\.cluster\.local$/, ''), subset].filter(Boolean).join(' ');
}

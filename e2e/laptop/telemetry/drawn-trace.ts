import type { Span } from '@bookinfo/telemetry';

/**
 * Draws the tree of a trace: a line for each span, indented below its parent, with its kind, service, status and response flags.
 * Spans of one parent are in the order of their lines, as a page's calls are made at the same time. Spans whose parent is missing
 * are lines without indentation, so that a tree of one root has one such line.
 */
export function drawnTrace(spans: readonly Span[]): string[] {
  const ids = new Set(spans.map(({ id }) => id));
  const isRoot = ({ parentId }: Span): boolean => parentId === undefined || !ids.has(parentId);
  const drawn = (span: Span, depth: number): string[] => [
    '  '.repeat(depth) + lineOf(span),
    ...sorted(spans.filter(({ parentId }) => parentId === span.id).map((each) => drawn(each, depth + 1))),
  ];
  return sorted(spans.filter(isRoot).map((root) => drawn(root, 0)));
}

function sorted(trees: string[][]): string[] {
  return trees.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)).flat();
}

function lineOf({ kind, name, localEndpoint, tags }: Span): string {
  const flags = tags['response_flags'] === '-' ? '' : ` ${tags['response_flags'] ?? ''}`;
  const subject = kind ?? name.split(' ', 1)[0];
  return `${subject} ${localEndpoint.serviceName.split('.', 1)[0]} ${tags['http.status_code']}${flags}`;
}

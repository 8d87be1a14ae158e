import type { Span } from '../api/types.ts';

/** A span with its depth below the root. */
export interface Row {
  span: Span;
  depth: number;
}

/**
 * Returns spans as a tree in rows: each after its parent, children by begin. Spans without a known parent are roots. Of two
 * spans that share an id, as Envoy's shared_span_context makes them, the server's is below the client's.
 */
export function rowsOf(spans: readonly Span[]): Row[] {
  const sorted = spans.toSorted((a, b) => a.startMicros - b.startMicros);
  const byId = Map.groupBy(sorted, ({ id }) => id);
  const parentOf = (span: Span): Span | undefined => {
    const client = byId.get(span.id)?.find(({ kind }) => kind === 'CLIENT');
    if (span.kind === 'SERVER' && client) return client;
    const parents = byId.get(span.parentId ?? '') ?? [];
    return parents.find(({ kind }) => kind === 'SERVER') ?? parents[0];
  };
  const children = Map.groupBy(sorted, parentOf);
  const rows: Row[] = [];
  const left = new Set(sorted);
  const visit = (span: Span, depth: number): void => {
    if (!left.delete(span)) return;
    rows.push({ span, depth });
    for (const child of children.get(span) ?? []) visit(child, depth + 1);
  };
  for (const root of children.get(undefined) ?? []) visit(root, 0);
  // Spans that name each other as parents have no root.
  for (const span of sorted) visit(span, 0);
  return rows;
}

import { formatTable } from '@bookinfo/text';
import { isSame, type Compared, type Observed } from './compared.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';

/** The comparison of all cases. */
export interface Report {
  lines: string[];
  /** Cases that differ for no known reason. */
  unexplained: Compared[];
}

/** Returns the figures of each group, the known differences that occurred, and every other difference with its bytes. */
export function reportOf(results: readonly Compared[]): Report {
  const reasons = new Map<string, number>();
  const unexplained: Compared[] = [];
  const rows: string[][] = [];
  for (const [group, cases] of Map.groupBy(results, (each) => each.group)) {
    const different = cases.filter((each) => !isSame(each));
    const unknown = different.filter((each) => !explain(each, reasons));
    unexplained.push(...unknown);
    rows.push([
      group,
      ...[
        cases.length,
        cases.length - different.length,
        different.length - unknown.length,
        unknown.length,
      ].map(String),
    ]);
  }
  rows.push([
    'total',
    ...[1, 2, 3, 4].map((column) => String(rows.reduce((sum, row) => sum + Number(row[column]), 0))),
  ]);
  return {
    lines: [
      formatTable({ columns: ['GROUP', 'CASES', 'SAME', 'KNOWN', 'DIFFER'], rows }),
      '',
      ...[...reasons].map(([reason, count]) => `${String(count).padStart(5)}  ${reason}`),
      ...unexplained.flatMap(show),
    ],
    unexplained,
  };
}

/** Counts the reason for a difference; returns false when there is none. */
function explain(compared: Compared, reasons: Map<string, number>): boolean {
  const known = KNOWN_DIFFERENCES.find(({ applies }) => applies(compared));
  if (known) reasons.set(known.reason, (reasons.get(known.reason) ?? 0) + 1);
  return known !== undefined;
}

function show({ group, name, bytes, embedded, envoy }: Compared): string[] {
  return [
    '',
    `DIFFERS  ${group}: ${name}`,
    `  bytes     ${JSON.stringify(bytes.slice(0, 200))}`,
    `  embedded  ${summary(embedded)}`,
    `  Envoy     ${summary(envoy)}`,
  ];
}

function summary({ statuses, isClosed, seen }: Observed): string {
  const state = isClosed ? '' : ', left open';
  return `${statuses.slice(0, 9).join(' ') || 'no response'}${state}; ${seen.join('; ').slice(0, 200)}`;
}

import { figureOf, meetsGoal, type Row } from './row.ts';

const HEADINGS = ['', 'measured', 'compared with', 'ratio', 'goal', 'last committed', 'change'];

/** Returns the rows as a Markdown table, each beside its last committed figure. */
export function formatTable(rows: readonly Row[], committed: Readonly<Record<string, number>>): string {
  const lines = [HEADINGS, ...rows.map((row) => cells(row, committed[row.what]))];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0), 3));
  const format = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head, ...body] = lines.map(format);
  return [head, format(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}

function cells(row: Row, last: number | undefined): string[] {
  const { what, unit, measured, comparedWith } = row;
  return [
    what,
    `${number(measured)} ${unit}`,
    comparedWith ? `${comparedWith.what}: ${number(comparedWith.measured)}` : '',
    comparedWith ? number(figureOf(row)) : '',
    goal(row),
    last === undefined ? '' : number(last),
    last === undefined ? '' : change(figureOf(row), last),
  ];
}

function goal(row: Row): string {
  if (!row.goal) return '';
  const [name, value] = 'atLeast' in row.goal ? ['≥', row.goal.atLeast] : ['≤', row.goal.atMost];
  return `${name} ${number(value)}, ${meetsGoal(row) ? 'met' : '**missed**'}`;
}

function change(figure: number, last: number): string {
  const percent = Math.round((figure / last - 1) * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });
}

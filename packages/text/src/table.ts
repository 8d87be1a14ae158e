/** A table of text. */
export interface Table {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Returns the table as kubectl prints it: left-aligned, three spaces between columns, no trailing spaces. */
export function formatTable({ columns, rows }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { figureOf, type Row } from './row.ts';

const FILE = join(import.meta.dirname, '../figures.json');

/** The figures of one run, by the names of their rows. */
interface Figures {
  measuredOn: string;
  figures: Record<string, number>;
}

/** Returns the last committed figures. */
export function readFigures(): Figures {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Figures;
}

/** Writes the figures of this run, to be committed. */
export function saveFigures(rows: readonly Row[]): void {
  const figures = Object.fromEntries(rows.map((row) => [row.what, Number(figureOf(row).toPrecision(3))]));
  writeFileSync(FILE, `${JSON.stringify({ measuredOn: describeMachine(), figures }, null, 2)}\n`);
}

/** Describes what this run is measured on: the date, the processors, the load and Node. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const load = loadavg()[0]?.toFixed(1);
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu?.model}, load ${load}, Node ${process.version}`;
}

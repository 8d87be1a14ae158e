// Runs one column of docs/walkthrough.md as it stands, with its ports, on what is installed here.
import { COLUMNS, type Column, stepsOf } from './document.ts';
import { describe, runSteps } from './run.ts';

const [column] = process.argv.slice(2);
if (!COLUMNS.includes(column as Column)) {
  process.stderr.write(
    `"${column ?? ''}" is no column of docs/walkthrough.md; they are ${COLUMNS.join(', ')}\n`,
  );
  process.exit(2);
}
const steps = stepsOf(column as Column);
const differences = await runSteps(steps, process.env);
process.stdout.write(differences.map((each) => `${describe(each)}\n`).join(''));
process.stdout.write(
  `${steps.length - differences.length} of ${steps.length} commands as docs/walkthrough.md shows them\n`,
);
process.exitCode = differences.length === 0 ? 0 : 1;

// Runs the measurements in sequence. README.md has the results.
import { measureApply } from './apply.ts';
import { measureDecide } from './decide.ts';
import { measureFirstPage } from './first-page.ts';
import { measureProductpage } from './productpage.ts';
import { measureServices } from './services.ts';
import { measureSidecar } from './sidecar.ts';

for (const measure of [
  measureDecide,
  measureApply,
  measureServices,
  measureFirstPage,
  measureSidecar,
  measureProductpage,
]) {
  process.stdout.write(`${(await measure()).join('\n')}\n\n`);
}

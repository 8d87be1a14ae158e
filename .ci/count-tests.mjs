// Adds up what the workspaces' test reports say, and closes with one line: N passed, N failed, N skipped.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const workspaces = ['services', 'packages'].flatMap((folder) =>
  readdirSync(folder).map((name) => `${folder}/${name}`),
);
const reports = [...workspaces, 'conformance', 'e2e']
  .map((folder) => `${folder}/.vitest/results.json`)
  .filter(existsSync);

const count = { passed: 0, failed: 0, skipped: 0 };
for (const report of reports.map((file) => JSON.parse(readFileSync(file, 'utf8')))) {
  count.passed += report.numPassedTests;
  count.failed += report.numFailedTests;
  count.skipped += report.numPendingTests;
}
process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
process.exitCode = count.passed > 0 && count.failed === 0 ? 0 : 1;

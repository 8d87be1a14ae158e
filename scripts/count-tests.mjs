import { globSync, readFileSync, rmSync } from 'node:fs';

/** Removes the test reports of earlier runs, which may have had other targets. */
export function removeReports() {
  for (const report of reports()) rmSync(report);
}

/** Returns the totals of the test reports of all workspaces. */
export function countTests() {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports().map((file) => JSON.parse(readFileSync(file, 'utf8')))) {
    count.passed += report.passed;
    count.failed += report.failed;
    count.skipped += report.skipped;
  }
  return count;
}

function reports() {
  const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8'));
  return globSync(workspaces.map((folder) => `${folder}/.vitest/*.json`));
}

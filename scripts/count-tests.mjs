import { existsSync, globSync, readFileSync } from 'node:fs';

/** Returns the totals of the test reports of all workspaces. */
export function countTests() {
  const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8'));
  const reports = globSync(workspaces.map((folder) => `${folder}/.vitest/results.json`)).filter(existsSync);
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports.map((file) => JSON.parse(readFileSync(file, 'utf8')))) {
    count.passed += report.passed;
    count.failed += report.failed;
    count.skipped += report.skipped;
  }
  return count;
}

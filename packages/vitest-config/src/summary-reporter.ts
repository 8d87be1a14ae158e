import { mkdirSync, writeFileSync } from 'node:fs';
import { MinimalReporter, type TestModule, type TestRunEndReason, type Vitest } from 'vitest/node';

type SerializedErrors = Parameters<MinimalReporter['onTestRunEnd']>[1];

const RESULTS_FOLDER = '.vitest';

/** Prints failures and one line of totals, which it also writes to a file in `.vitest` for the sum of all workspaces. */
export class SummaryReporter extends MinimalReporter {
  readonly #file: string;

  /** @param name the name of the file, without its extension */
  constructor(name = 'results') {
    super();
    this.#file = `${RESULTS_FOLDER}/${name}.json`;
  }

  /** As vitest's, without its banner. */
  override onInit(vitest: Vitest): void {
    this.ctx = vitest;
    this.silent = 'passed-only';
  }

  override onTestRunEnd(
    modules: readonly TestModule[],
    errors: SerializedErrors,
    reason: TestRunEndReason,
  ): void {
    const count = countStates(modules);
    const isFailed = reason !== 'passed' || errors.length > 0;
    if (isFailed) super.onTestRunEnd(modules, errors, reason);
    // A file that cannot be loaded has no tests to fail.
    if (isFailed && count.failed === 0) count.failed = 1;
    mkdirSync(RESULTS_FOLDER, { recursive: true });
    writeFileSync(this.#file, JSON.stringify(count));
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
    const seconds = ((performance.now() - this.start) / 1000).toFixed(1);
    this.log(`${count.passed} passed, ${count.failed} failed${skipped} (${seconds} s)`);
  }
}

function countStates(modules: readonly TestModule[]): { passed: number; failed: number; skipped: number } {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules)
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state !== 'pending') count[state] += 1;
    }
  return count;
}

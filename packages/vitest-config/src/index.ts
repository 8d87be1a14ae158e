import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './summary-reporter.ts';

export { SummaryReporter };

/** Ends a test that hangs. No test measures speed by it, so it is far above the time of any test on a busy machine. */
const HANG_MS = 120_000;

/** The test configuration of every workspace. Prints failures and one line of totals; see SummaryReporter. */
export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts'],
    reporters: [new SummaryReporter()],
    // One worker: turbo runs workspaces in parallel, and loading Nest again for each file would take longer than the
    // tests in it.
    fileParallelism: false,
    isolate: false,
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    expect: { poll: { timeout: HANG_MS / 2, interval: 20 } },
  },
});

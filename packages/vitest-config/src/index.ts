import { defineConfig } from 'vitest/config';

/** Ends a test that hangs. No test measures speed by it, so it is far above the time of any test on a busy machine. */
const HANG_MS = 120_000;

/** The one test set-up of every workspace: a line a test for people, a JSON report for CI to count. */
export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts'],
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
    // One worker a workspace: turbo runs workspaces side by side, and starting Nest anew for each file costs more than
    // the tests in it.
    fileParallelism: false,
    isolate: false,
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    expect: { poll: { timeout: HANG_MS / 2, interval: 20 } },
  },
});

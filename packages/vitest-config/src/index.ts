import { defineConfig } from 'vitest/config';

/** The one test set-up of every workspace: a line a test for people, a JSON report for CI to count. */
export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts'],
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
    // One worker a workspace: turbo runs workspaces side by side, and starting Nest anew for each file costs more than
    // the tests in it.
    fileParallelism: false,
    isolate: false,
    testTimeout: 20_000,
  },
});

import { defineConfig } from 'vitest/config';

/** The one test set-up of every workspace: a line a file for people, a JSON report for CI to count. */
export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts'],
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
  },
});

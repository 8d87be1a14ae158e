import { defineConfig } from 'vitest/config';
import shared, { SummaryReporter } from '@bookinfo/vitest-config';

const target = process.env['E2E_TARGET'] ?? 'local';
/** A report for each of the runs of `npm test`. */
const report = ['results', target, process.env['PROXY']].filter(Boolean).join('-');

export default defineConfig({
  test: {
    ...shared.test,
    // What concerns this machine or the files alone runs once, beside the scenarios on the target local.
    include: target === 'local' ? ['**/*.e2e.ts'] : ['scenarios/**/*.e2e.ts'],
    reporters: [new SummaryReporter(report)],
    globalSetup: './support/global-setup.ts',
    // A change takes seconds until all proxies of a cluster have it, and some tests make a dozen.
    ...(target === 'kube' && { testTimeout: 600_000, hookTimeout: 600_000 }),
    setupFiles: './support/reset-before-file.ts',
    // All scenarios change the rules of the same mesh.
    fileParallelism: false,
  },
});

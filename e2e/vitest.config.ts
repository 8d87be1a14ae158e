import { defineConfig } from 'vitest/config';
import shared from '@bookinfo/vitest-config';

export default defineConfig({
  test: {
    ...shared.test,
    include: ['**/*.e2e.ts'],
    globalSetup: './support/global-setup.ts',
    // All scenarios change the rules of the same mesh.
    fileParallelism: false,
  },
});

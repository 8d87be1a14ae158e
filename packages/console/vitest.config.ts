import { defineConfig } from 'vitest/config';
import shared from '@bookinfo/vitest-config';

export default defineConfig({
  test: { ...shared.test, include: ['src/**/*.spec.ts', 'test/**/*.spec.ts'] },
});

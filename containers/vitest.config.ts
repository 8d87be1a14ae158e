import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '@bookinfo/vitest-config';

export default mergeConfig(shared, defineConfig({ test: { globalSetup: './support/global-setup.ts' } }));

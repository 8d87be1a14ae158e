import { defineConfig } from 'vitest/config';
import shared from '../vitest.shared.js';

export default defineConfig({ test: { ...shared.test, include: ['**/*.e2e.ts'] } });

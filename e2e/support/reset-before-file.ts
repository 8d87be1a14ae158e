import { beforeAll } from 'vitest';
import { target } from './target/index.ts';

// A failed test may have left its rules.
beforeAll(() => target.reset());

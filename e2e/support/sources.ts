import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '@bookinfo/rules';
import { root } from './repository.ts';

/** The workloads of Bookinfo. */
export const BOOKINFO = 'deploy/platform/kube/bookinfo.yaml';

/** The rules that Bookinfo starts with. */
export const STARTING_RULES = [
  'deploy/networking/bookinfo-gateway.yaml',
  'deploy/networking/destination-rule-all.yaml',
];

/** The files that Bookinfo starts with. */
export const STARTING_FILES = [BOOKINFO, ...STARTING_RULES];

/** Returns a file of the repository by its path from the root, as a user types it. */
export function sourceOf(file: string): Source {
  return { file, text: readFileSync(join(root, file), 'utf8') };
}

/** Returns the rules of a test. */
export function rulesOfTest(text: string): Source {
  return { file: 'rules of the test', text };
}

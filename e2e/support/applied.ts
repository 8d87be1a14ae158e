import type { Source } from '@bookinfo/rules';
import { sourceOf, rulesOfTest, STARTING_RULES } from './sources.ts';
import { target } from './target/index.ts';

/** Applies files of deploy/, named without `.yaml`, until the end of the block: `applied('networking/...')`. */
export function applied(...names: string[]): Promise<AsyncDisposable> {
  return inForce(names.map((name) => sourceOf(`deploy/${name}.yaml`)));
}

/** Applies the rules of a test until the end of the block. */
export function appliedText(text: string): Promise<AsyncDisposable> {
  return inForce([rulesOfTest(text)]);
}

/** Applies the files until the end of the block, then restores what their deletion may have taken along. */
async function inForce(files: readonly Source[]): Promise<AsyncDisposable> {
  await target.apply(files);
  return {
    async [Symbol.asyncDispose]() {
      await target.delete(files);
      await target.apply(STARTING_RULES.map(sourceOf));
    },
  };
}

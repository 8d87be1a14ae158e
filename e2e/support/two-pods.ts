import { BOOKINFO, sourceOf } from './sources.ts';
import { target } from './target/index.ts';

/** Runs two pods of each Deployment until the end of the block. */
export async function twoPods(): Promise<AsyncDisposable> {
  const one = sourceOf(BOOKINFO);
  await target.apply([{ ...one, text: one.text.replaceAll('replicas: 1', 'replicas: 2') }]);
  await target.whenReady();
  return {
    async [Symbol.asyncDispose]() {
      await target.apply([one]);
      await target.whenReady();
    },
  };
}

import { target } from './target/index.ts';

/** Runs two pods of each Deployment until the end of the block. */
export async function twoPods(): Promise<AsyncDisposable> {
  await target.scale(2);
  return { [Symbol.asyncDispose]: () => target.scale(1) };
}

import { inject } from 'vitest';
import { compose } from './compose.ts';
import { kube } from './kube/kube-target.ts';
import { laptop } from './laptop.ts';
import type { TargetName } from './names.ts';
import type { Feature, Handle, Target } from './target.ts';

const connect: Record<TargetName, (handle: Handle) => Target | Promise<Target>> = {
  local: laptop,
  envoy: laptop,
  compose,
  kube,
};

const handle = inject('target');

/** The running Bookinfo that the scenarios are about. */
export const target: Target = await connect[handle.name](handle);

/** Returns true when the target lacks one of these features, and prints why: `test.skipIf(lacks('replicas'))(...)`. */
export function lacks(...features: Feature[]): boolean {
  const reasons = features.flatMap((feature) => target.unsupported[feature] ?? []);
  for (const reason of reasons) process.stderr.write(`skipping on ${handle.name}: ${reason}\n`);
  return reasons.length > 0;
}

import type { TestProject } from 'vitest/node';
import type { TargetName } from './target/names.ts';
import { starts } from './target/starts.ts';
import type { Handle } from './target/target.ts';

declare module 'vitest' {
  interface ProvidedContext {
    target: Handle;
  }
}

/** Starts the target once for all scenarios, and stops it after the last one. */
export default async function setup(project: TestProject) {
  const name = (process.env['E2E_TARGET'] ?? 'local') as TargetName;
  const { handle, stop } = await starts[name]();
  project.provide('target', handle);
  return stop;
}

import { startLaptop } from './start-laptop.ts';
import type { TargetName } from './names.ts';
import type { Handle } from './target.ts';

/** Starts each target with the rules that Bookinfo starts with. */
export const starts: Record<TargetName, () => Promise<{ handle: Handle; stop: () => Promise<void> }>> = {
  local: () => startLaptop('local'),
  envoy: () => startLaptop('envoy', ['--data-plane', 'envoy']),
};

import { startCompose } from './start-compose.ts';
import { startKube } from './kube/start-kube.ts';
import { startLaptop } from './start-laptop.ts';
import type { TargetName } from './names.ts';
import type { Started } from './target.ts';

/** Starts each target with the rules that Bookinfo starts with. */
export const starts: Record<TargetName, () => Promise<Started>> = {
  local: () => startLaptop('local'),
  envoy: () => startLaptop('envoy', ['--data-plane', 'envoy']),
  compose: startCompose,
  kube: startKube,
};

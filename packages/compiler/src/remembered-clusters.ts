import type { Registry, DestinationRule, Resource } from '@bookinfo/rules';
import { compileClusters, type CompiledClusters } from './clusters.js';
import { DestinationRules } from './destination-rule.js';

interface Remembered {
  rules: readonly DestinationRule[];
  istioVersion: string;
  compiled: CompiledClusters;
}

const remembered = new WeakMap<Registry, Remembered>();

/** The clusters that a client's namespace knows; the same as before as long as registry and DestinationRules are the same. */
export function rememberedClusters(
  resources: readonly Resource[],
  registry: Registry,
  clientNamespace: string,
  istioVersion: string,
): CompiledClusters {
  const rules = resources.filter((resource) => resource.kind === 'DestinationRule');
  const found = remembered.get(registry);
  if (found && found.istioVersion === istioVersion && areSame(found.rules, rules)) return found.compiled;
  const compiled = compileClusters(registry, new DestinationRules(rules, clientNamespace), istioVersion);
  remembered.set(registry, { rules, istioVersion, compiled });
  return compiled;
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}

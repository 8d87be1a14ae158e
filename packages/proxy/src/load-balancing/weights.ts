import type { Endpoint } from '@bookinfo/routing';

/** Returns the weights of endpoints as fractions that add up to 1 (Envoy: thread_aware_lb_impl.cc, normalizeHostWeights). */
export function normalizedWeights(endpoints: readonly Endpoint[]): number[] {
  const sum = endpoints.reduce((total, { weight = 1 }) => total + weight, 0);
  return endpoints.map(({ weight = 1 }) => weight / sum);
}

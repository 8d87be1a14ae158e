import { endpointKey, type Endpoint } from '@bookinfo/routing';

/** Returns true when both lists have the same endpoints with the same weights, in one order. */
export function areSameEndpoints(some: readonly Endpoint[], others: readonly Endpoint[]): boolean {
  if (some === others) return true;
  return (
    some.length === others.length &&
    some.every((endpoint, index) => {
      const other = others[index];
      return (
        other !== undefined &&
        endpointKey(endpoint) === endpointKey(other) &&
        endpoint.weight === other.weight
      );
    })
  );
}

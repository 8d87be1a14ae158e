import { oneOf } from '../schema/value.js';

/** The three versions have one schema and one meaning: Istio's own types alias each other. */
export const networkingApiVersion = oneOf(
  'networking.istio.io/v1',
  'networking.istio.io/v1beta1',
  'networking.istio.io/v1alpha3',
);

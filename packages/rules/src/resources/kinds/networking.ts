import { oneOf } from '../schema/value.js';

/** The versions of Istio's kinds, which have one schema. */
export const networkingApiVersion = oneOf(
  'networking.istio.io/v1',
  'networking.istio.io/v1beta1',
  'networking.istio.io/v1alpha3',
);

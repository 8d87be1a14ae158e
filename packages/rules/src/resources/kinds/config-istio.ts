import { oneOf } from '../schema/value.js';

/** The version of the kinds of Istio 0.2 to 0.7, which VirtualService, DestinationRule and ServiceEntry replaced. */
export const configApiVersion = oneOf('config.istio.io/v1alpha2');

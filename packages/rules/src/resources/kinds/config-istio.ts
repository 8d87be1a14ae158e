import { oneOf } from '../schema/value.js';

/** Istio 0.2 to 0.7, 2017: the kinds that VirtualService, DestinationRule and ServiceEntry took the place of. */
export const configApiVersion = oneOf('config.istio.io/v1alpha2');

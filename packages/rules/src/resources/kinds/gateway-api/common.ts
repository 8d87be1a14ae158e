import { objectName, SUBDOMAIN } from '../../schema/names.js';
import { oneOf, textLike, value } from '../../schema/value.js';

/** The versions of the Gateway API, whose kinds here have one schema. */
export const gatewayApiVersion = oneOf('gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1');

/** The group of the Gateway API. */
export const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';
/** The group of Istio's kinds, of which routes refer to ServiceEntry and Hostname. */
export const ISTIO_GROUP = 'networking.istio.io';

/** A host of a listener or a route: full, in lower case, and never `*` alone. */
export const hostname = textLike(
  new RegExp(`^(?:\\*\\.)?${SUBDOMAIN}$`),
  'a host name in lower case, like www.example.com, or *.example.com (omit it for all hosts)',
);

/** The name of a listener or a rule. */
export const sectionName = objectName;

/** A group of the Kubernetes API, empty for the core group. */
export const group = value<string>(
  (input) => typeof input === 'string' && (input === '' || /^[a-z0-9][-a-z0-9.]*$/.test(input)),
  'a group of the Kubernetes API, like gateway.networking.k8s.io, or "" for the core group',
);

/** The name of a kind of resources. */
export const kindName = textLike(
  /^[a-zA-Z](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/,
  'the name of a kind, like Service',
);

import { objectName, SUBDOMAIN } from '../../schema/names.js';
import { oneOf, textLike, value } from '../../schema/value.js';

/** The two versions of what is here have one schema. */
export const gatewayApiVersion = oneOf('gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1');

/** The group of all kinds here. */
export const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';
/** The group of Istio's, two of which stand for hosts here. */
export const ISTIO_GROUP = 'networking.istio.io';

/** A host of a listener or a route: unlike Istio's always full, in lower case, never a lone `*`. */
export const hostname = textLike(
  new RegExp(`^(?:\\*\\.)?${SUBDOMAIN}$`),
  'a host name in lower case, like www.example.com, or *.example.com (leave hostnames out for all hosts)',
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

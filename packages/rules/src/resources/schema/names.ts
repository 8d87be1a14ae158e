import { textLike, value } from './value.js';

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const NAME = `${LABEL}(?:\\.${LABEL})*`;
const WILDCARD_NAME = `(?:\\*|(?:\\*\\.)?${NAME})`;
/** Kubernetes bounds the whole name, not its parts (apimachinery, IsDNS1123Subdomain). */
const PART = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
/** Pattern of a DNS subdomain as Kubernetes takes it. */
export const SUBDOMAIN = `${PART}(?:\\.${PART})*`;
const OBJECT_NAME = new RegExp(`^${SUBDOMAIN}$`);
const LABEL_KEY = new RegExp(`^(?:${NAME}/)?[A-Za-z0-9](?:[-\\w.]{0,61}[A-Za-z0-9])?$`);

/** The name of an object, a DNS subdomain (RFC 1123). */
export const objectName = value<string>(
  (input) => typeof input === 'string' && input.length <= 253 && OBJECT_NAME.test(input),
  'a name (lower-case letters, digits, "-" and ".", at most 253 characters)',
);

/** The name of a Service, a namespace, a container or a subset: one DNS label. */
export const labelName = textLike(
  new RegExp(`^${LABEL}$`),
  'a name (lower-case letters, digits and "-", at most 63 characters)',
);

/** A host without wildcards: a short name, which belongs to the resource's own namespace, or a full one. */
export const host = textLike(
  new RegExp(`^${NAME}$`, 'i'),
  'a host name without wildcards, like reviews or reviews.default.svc.cluster.local',
);

/** A host, or a wildcard for all of a domain, or `*`. */
export const wildcardHost = textLike(new RegExp(`^${WILDCARD_NAME}$`, 'i'), 'a host name, *.domain or *');

/** A host of a Gateway's server, after the namespace whose VirtualServices it accepts, if any: `namespace/host`, `./host`. */
export const gatewayHost = textLike(
  new RegExp(`^(?:(?:\\*|\\.|${LABEL})/)?(?:\\*|(?:\\*|${LABEL})\\.${NAME})$`, 'i'),
  'a host name with a dot, *.domain or *, with namespace/ or ./ before it if needed',
);

/** A host that a Sidecar imports, after the namespace that it is imported from: `namespace/host`, `./*`, `*\/*.domain`, `~/*`. */
export const importedHost = textLike(
  new RegExp(`^(?:[*.~]|${LABEL})/(?:\\*|(?:\\*|${LABEL})\\.${NAME})$`, 'i'),
  'namespace/host with a full host name, *.domain or *, and ., *, ~ or a name as namespace',
);

/** A gateway of a VirtualService: `mesh` for all sidecars, or a Gateway, after its namespace if that is another one. */
export const gatewayReference = textLike(
  new RegExp(`^(?:(?:\\.|${LABEL})/)?${LABEL}$`),
  'mesh, the name of a Gateway, or namespace/name',
);

/** The value of a label. */
export const labelValue = textLike(
  /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/,
  'a label value (a string of letters, digits, "-", "_" and ".", at most 63 characters; put numbers in quotes)',
);

/** An entry of `exportTo` of a rule. */
export const exportTarget = textLike(new RegExp(`^(?:[.*]|${LABEL})$`), '., * or a namespace');

/** An entry of `exportTo` of a ServiceEntry. */
export const serviceExportTarget = textLike(new RegExp(`^(?:[.*~]|${LABEL})$`), '., *, ~ or a namespace');

/** Returns true for the key of a label, such as `version` or `app.kubernetes.io/name`. */
export function isLabelKey(key: string): boolean {
  return LABEL_KEY.test(key);
}

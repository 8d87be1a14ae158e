/** A host in converted resources: a Service by its short name, in its own namespace. */
export interface HostName {
  /** `reviews`, or a full name without a Service. */
  host: string;
  /** The name of the resources: the host, but `any.example.com` for a wildcard. */
  name: string;
  namespace: string;
}

/** Limit of a name, in characters; leaves room for a suffix (Kubernetes' limit is 253). */
const MAX_NAME_LENGTH = 240;
const SERVICE = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/;

/**
 * Returns the name of a host.
 *
 * @param namespace the namespace of the resources for a host without a Service
 */
export function hostNameOf(host: string, namespace = 'default'): HostName {
  const [, short, own] = SERVICE.exec(host) ?? [];
  if (short !== undefined && own !== undefined) return { host: short, name: short, namespace: own };
  const name = host.replace('*', 'any').slice(0, MAX_NAME_LENGTH);
  return { host, name: name.replace(/[^a-z0-9]+$/, ''), namespace };
}

/** Returns a host as resources of a namespace write it. */
export function writtenFrom(namespace: string, host: string): string {
  const named = hostNameOf(host, namespace);
  return named.namespace === namespace ? named.host : host;
}

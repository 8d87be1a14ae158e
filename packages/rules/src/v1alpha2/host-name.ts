/** A host as the resources made for it write it: a Service by its short name, in its own namespace. */
export interface HostName {
  /** `reviews`, or the full name of what is no Service. */
  host: string;
  /** What the resources are called: as the host, but `any.example.com` for a wildcard. */
  name: string;
  namespace: string;
}

/** Leaves room for an ending in what Kubernetes takes (253). */
const MAX_NAME_LENGTH = 240;
const SERVICE = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/;

/** @param namespace of resources for a host that is no Service */
export function hostNameOf(host: string, namespace = 'default'): HostName {
  const [, short, own] = SERVICE.exec(host) ?? [];
  if (short !== undefined && own !== undefined) return { host: short, name: short, namespace: own };
  const name = host.replace('*', 'any').slice(0, MAX_NAME_LENGTH);
  return { host, name: name.replace(/[^a-z0-9]+$/, ''), namespace };
}

/** How resources of a namespace write a host. */
export function writtenFrom(namespace: string, host: string): string {
  const named = hostNameOf(host, namespace);
  return named.namespace === namespace ? named.host : host;
}

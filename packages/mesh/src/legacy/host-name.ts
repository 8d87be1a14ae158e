/** A host as the resources made for it write it: a Service by its short name, in its own namespace. */
export interface HostName {
  /** `reviews`, or the full name of what is no Service. */
  host: string;
  /** What the resources are called: as the host, but `any.example.com` for a wildcard. */
  name: string;
  namespace: string;
}

const SERVICE = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/;

/** @param namespace of resources for a host that is no Service */
export function hostNameOf(host: string, namespace: string): HostName {
  const [, short, own] = SERVICE.exec(host) ?? [];
  if (short !== undefined && own !== undefined) return { host: short, name: short, namespace: own };
  return { host, name: host.replace('*', 'any'), namespace };
}

/** How resources of a namespace write a host. */
export function writtenFrom(namespace: string, host: string): string {
  const named = hostNameOf(host, namespace);
  return named.namespace === namespace ? named.host : host;
}

/** The domain of a cluster's Services, Kubernetes' default. */
export const CLUSTER_DOMAIN = 'cluster.local';

/** Returns the full name of a Service: `reviews.default.svc.cluster.local`. */
export function serviceHost(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.${CLUSTER_DOMAIN}`;
}

/**
 * Returns the host that a resource of a namespace refers to: a name without a dot is a Service there, any other is
 * unchanged, so `reviews.other` is not the Service of another namespace (istio/istio pkg/model/config.go,
 * ResolveShortnameToFQDN).
 */
export function resolveHost(host: string, namespace: string): string {
  const lower = host.toLowerCase();
  return lower.includes('.') || lower.includes('*') ? lower : serviceHost(lower, namespace);
}

/** Returns true if `outer` matches every host that `inner` matches; each may be a wildcard (`*`, `*.domain`). */
export function hostCovers(outer: string, inner: string): boolean {
  if (outer === inner || outer === '*') return true;
  return outer.startsWith('*') && inner.length >= outer.length && inner.endsWith(outer.slice(1));
}

/** Returns the rank of a host, to sort by: exact hosts are the highest, then longer wildcards. */
export function hostSpecificity(host: string): number {
  return host.startsWith('*') ? host.length : Number.MAX_SAFE_INTEGER;
}

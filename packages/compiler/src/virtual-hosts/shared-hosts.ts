import { hostCovers, resolveHost, type Gateway, type VirtualService } from '@bookinfo/rules';

export type Server = Gateway['spec']['servers'][number];

/**
 * Returns the hosts of both the rule and the server, the narrower one where one is a wildcard. Istio reads the hosts of a
 * VirtualService in lower case, but not those of a Gateway, so that one with a capital letter covers none (istio/istio gateway.go,
 * pickMatchingGatewayHosts).
 */
export function sharedHosts(
  { metadata, spec }: VirtualService,
  server: Server,
  namespace: string,
): Set<string> {
  const shared = new Set<string>();
  const requested = spec.hosts.map((host) => resolveHost(host, metadata.namespace));
  for (const exposed of hostsExposedTo(metadata.namespace, server, namespace)) {
    for (const host of requested) {
      if (hostCovers(exposed, host)) shared.add(host);
      else if (hostCovers(host, exposed)) shared.add(exposed);
    }
  }
  return shared;
}

/**
 * Returns the hosts that a Gateway server exposes to VirtualServices of a namespace: `host`, `namespace/host` and
 * `./host`.
 */
function hostsExposedTo(client: string, { hosts }: Server, namespace: string): string[] {
  return hosts.flatMap((host) => {
    const [prefix] = host.includes('/') ? host.split('/') : ['*'];
    const allowed = prefix === '.' ? namespace : prefix;
    return allowed === '*' || allowed === client ? [hostOf(host)] : [];
  });
}

/** Returns the host of a Gateway server, as it is written, without its namespace. */
export function hostOf(host: string): string {
  return host.split('/').at(-1) ?? '';
}

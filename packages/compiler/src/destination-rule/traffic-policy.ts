import type { ConsistentHashLB, DestinationRule } from '@bookinfo/rules';

/** The traffic policy of a host, of a subset, or of a port of either. */
export type TrafficPolicy = NonNullable<DestinationRule['spec']['trafficPolicy']>;
/** The traffic policy of one port. */
export type PortTrafficPolicy = Omit<TrafficPolicy, 'portLevelSettings'>;

/**
 * Returns the policy of a port of a subset: each block of the subset's policy replaces that of the host's. The settings of a
 * port replace the whole policy that contains them: an absent block means Istio's default, not that policy's block nor, for
 * a subset, the host's (istio/istio pilot/pkg/networking/util/util.go, MergeSubsetTrafficPolicy).
 */
export function trafficPolicyFor(
  port: number,
  host: TrafficPolicy = {},
  subset: TrafficPolicy = {},
): PortTrafficPolicy {
  return settingsOf(port, subset) ?? { ...(settingsOf(port, host) ?? host), ...subset };
}

/**
 * Returns the hash that routes to a destination compute. Unlike the balancing of its cluster, it depends on the port that
 * the destination names: settings of a port count only for a destination that names it, and a policy without a hash does
 * not hide the hash of the one around it (istio/istio route.go, hashForHTTPDestination).
 *
 * @param port undefined for a destination without a port
 */
export function consistentHashFor(
  port: number | undefined,
  host: TrafficPolicy = {},
  subset: TrafficPolicy = {},
): ConsistentHashLB | undefined {
  const policies = [settingsOf(port, subset), subset, settingsOf(port, host), host];
  return policies.map((policy) => policy?.loadBalancer?.consistentHash).find(Boolean);
}

function settingsOf(
  port: number | undefined,
  { portLevelSettings }: TrafficPolicy,
): PortTrafficPolicy | undefined {
  return portLevelSettings?.find((settings) => settings.port.number === port);
}

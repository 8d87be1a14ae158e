import type { DestinationRule } from '@bookinfo/rules';

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

function settingsOf(port: number, { portLevelSettings }: TrafficPolicy): PortTrafficPolicy | undefined {
  return portLevelSettings?.find((settings) => settings.port.number === port);
}

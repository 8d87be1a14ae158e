import { checkedIstioVersion, DEFAULT_MESH_CONFIG, type MeshConfig } from '@bookinfo/rules';
import { InvalidArgumentError, Option } from 'commander';

/** The options about the mesh as a whole. */
export interface MeshConfigOptions {
  istioVersion?: string;
  outboundTrafficPolicy?: keyof typeof OUTBOUND_TRAFFIC_POLICIES;
}

const OUTBOUND_TRAFFIC_POLICIES = { 'allow-any': 'ALLOW_ANY', 'registry-only': 'REGISTRY_ONLY' } as const;

/** For all commands that start a mesh or reason about one. */
export function istioVersionOption(): Option {
  const description = `whose behaviour, where versions of Istio differ (default: ${DEFAULT_MESH_CONFIG.istioVersion})`;
  return new Option('--istio-version <version>', description).argParser(parseIstioVersion);
}

/** For the same commands. */
export function outboundTrafficPolicyOption(): Option {
  const description = 'requests to hosts that no resource declares (default: allow-any)';
  return new Option('--outbound-traffic-policy <policy>', description).choices(
    Object.keys(OUTBOUND_TRAFFIC_POLICIES),
  );
}

/** The mesh that the options describe, the rest as in `base`. */
export function meshConfigOf(
  { istioVersion, outboundTrafficPolicy }: MeshConfigOptions,
  base: MeshConfig = DEFAULT_MESH_CONFIG,
): MeshConfig {
  return {
    ...base,
    ...(istioVersion !== undefined && { istioVersion }),
    ...(outboundTrafficPolicy !== undefined && {
      outboundTrafficPolicy: OUTBOUND_TRAFFIC_POLICIES[outboundTrafficPolicy],
    }),
  };
}

/** @throws {Error} when an option would change a mesh that runs. */
export function refuseMeshConfig({ istioVersion, outboundTrafficPolicy }: MeshConfigOptions): void {
  const options = { '--istio-version': istioVersion, '--outbound-traffic-policy': outboundTrafficPolicy };
  const [given] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
  if (given !== undefined)
    throw new Error(`${given} needs -f: without files the running mesh answers, as it was started`);
}

function parseIstioVersion(text: string): string {
  try {
    return checkedIstioVersion(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof RangeError ? error.message : String(error));
  }
}

import { checkedIstioVersion, DEFAULT_MESH_CONFIG, type MeshConfig } from '@bookinfo/rules';
import { InvalidArgumentError, Option } from 'commander';

/** The options about the mesh as a whole. */
export interface MeshConfigOptions {
  istioVersion?: string | undefined;
  outboundTrafficPolicy?: keyof typeof OUTBOUND_TRAFFIC_POLICIES | undefined;
}

const OUTBOUND_TRAFFIC_POLICIES = { 'allow-any': 'ALLOW_ANY', 'registry-only': 'REGISTRY_ONLY' } as const;

/** Returns `--istio-version`, for all commands that start or model a mesh. */
export function istioVersionOption(): Option {
  const description = `version of Istio to behave as, where versions differ (default: ${DEFAULT_MESH_CONFIG.istioVersion})`;
  return new Option('--istio-version <version>', description).argParser(parseIstioVersion);
}

/** Returns `--outbound-traffic-policy`, for the same commands. */
export function outboundTrafficPolicyOption(): Option {
  const description = 'policy for requests to hosts that no resource declares (default: allow-any)';
  return new Option('--outbound-traffic-policy <policy>', description).choices(
    Object.keys(OUTBOUND_TRAFFIC_POLICIES),
  );
}

/** Returns `base` with the settings of these options. */
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

/**
 * Rejects options about the mesh as a whole for a question to the running mesh, which has been started with its own.
 * @throws {Error} when one of them is set.
 */
export function refuseMeshConfig({ istioVersion, outboundTrafficPolicy }: MeshConfigOptions): void {
  const options = { '--istio-version': istioVersion, '--outbound-traffic-policy': outboundTrafficPolicy };
  const [option] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
  if (option !== undefined)
    throw new Error(`${option} needs -f: without files, the configuration of the running mesh applies`);
}

function parseIstioVersion(text: string): string {
  try {
    return checkedIstioVersion(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof RangeError ? error.message : String(error));
  }
}

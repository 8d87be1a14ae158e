import { checkedIstioVersion, DEFAULT_MESH_CONFIG, type MeshConfig } from '@bookinfo/mesh';
import { InvalidArgumentError, Option } from 'commander';

/** What a person says about the mesh as a whole. */
export interface MeshConfigOptions {
  istioVersion?: string;
}

/** For all commands that start a mesh or reason about one. */
export function istioVersionOption(): Option {
  const description = `whose behaviour, where versions of Istio differ (default: ${DEFAULT_MESH_CONFIG.istioVersion})`;
  return new Option('--istio-version <version>', description).argParser(parseIstioVersion);
}

/** The mesh that the options describe, the rest as in `base`. */
export function meshConfigOf(
  { istioVersion }: MeshConfigOptions,
  base: MeshConfig = DEFAULT_MESH_CONFIG,
): MeshConfig {
  return { ...base, ...(istioVersion !== undefined && { istioVersion }) };
}

/** Throws an Error where an option is given about a mesh that runs and has made up its mind. */
export function refuseMeshConfig({ istioVersion }: MeshConfigOptions): void {
  if (istioVersion !== undefined)
    throw new Error('--istio-version needs -f: without files the running mesh answers, as it was started');
}

function parseIstioVersion(text: string): string {
  try {
    return checkedIstioVersion(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof RangeError ? error.message : String(error));
  }
}

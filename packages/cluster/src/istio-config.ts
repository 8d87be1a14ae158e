import { checkedIstioVersion, DEFAULT_MESH_CONFIG, type MeshConfig } from '@bookinfo/rules';
import { parse } from 'yaml';
import type { KubeObject } from './kube-object.js';
import { imagesOf, labelsOf } from './pods.js';

/** The version in the tag of istiod's image, such as `docker.io/istio/pilot:1.31.2-distroless`. */
const TAG = /:v?(\d+\.\d+(?:\.\d+)?)[\w.-]*$/;

/** The configuration of a cluster's mesh, and what is not known of it. */
export interface IstioConfig {
  meshConfig: MeshConfig;
  /** One sentence when the version of Istio is none that predictions are for. */
  unknownVersion?: string;
}

/**
 * Returns the configuration of the mesh by the image of istiod and the ConfigMap of its namespace.
 * @param configMap its data; undefined when there is none, which leaves Istio's defaults
 */
export function istioConfigOf(
  pods: readonly KubeObject[],
  configMap: Readonly<Record<string, string>> | undefined,
): IstioConfig {
  const outboundTrafficPolicy = isRegistryOnly(configMap?.['mesh']) ? 'REGISTRY_ONLY' : 'ALLOW_ANY';
  const [image] = pods.filter((pod) => labelsOf(pod)['app'] === 'istiod').flatMap(imagesOf);
  const version = TAG.exec(image ?? '')?.[1] ?? '';
  try {
    return { meshConfig: { istioVersion: checkedIstioVersion(version), outboundTrafficPolicy } };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const found = image === undefined ? 'no istiod runs in istio-system' : `istiod runs ${image}`;
    return {
      meshConfig: { ...DEFAULT_MESH_CONFIG, outboundTrafficPolicy },
      unknownVersion: `The version of Istio in the cluster is not one that is known here (${found}): predictions are for ${DEFAULT_MESH_CONFIG.istioVersion}; --istio-version chooses another.`,
    };
  }
}

function isRegistryOnly(mesh = ''): boolean {
  const config = parse(mesh) as { outboundTrafficPolicy?: { mode?: unknown } } | null;
  return config?.outboundTrafficPolicy?.mode === 'REGISTRY_ONLY';
}

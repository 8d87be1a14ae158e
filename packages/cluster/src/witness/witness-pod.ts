import { deploymentSpec } from '../deployment.js';
import type { KubeObject } from '../kube-object.js';
import { labelsOf } from '../pods.js';
import { witnessConfig } from './witness-config.js';

/** The label of a witness; its value is the Deployment as which it asks. */
export const WITNESS_LABEL = 'bookinfo/witness';

/** A condition that nothing sets. */
const NEVER = 'bookinfo/is-endpoint';

/** A user other than Istio's 1337, whose connections are not redirected to the sidecar. */
const USER = 10_001;

/**
 * Returns a pod that asks as a Deployment does: with its labels, which `sourceLabels` select, and its ServiceAccount, which is its
 * principal. It runs the Envoy of its sidecar's image.
 *
 * A readiness gate that is never met keeps it from being ready, and so from the endpoints of the Services that select the
 * Deployment's pods. Without the label `pod-template-hash` no ReplicaSet adopts it.
 */
export function witnessPod(deployment: KubeObject, image: string): KubeObject {
  const { name, namespace = '' } = deployment.metadata;
  const { metadata = {}, spec } = deploymentSpec(deployment).template;
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => /istio\.io\//.test(key));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `witness-${name}`,
      namespace,
      labels: { ...metadata.labels, [WITNESS_LABEL]: name },
      ...(annotations.length > 0 && { annotations: Object.fromEntries(annotations) }),
    },
    spec: {
      ...(spec.serviceAccountName !== undefined && { serviceAccountName: spec.serviceAccountName }),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      readinessGates: [{ conditionType: NEVER }],
      terminationGracePeriodSeconds: 1,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        runAsGroup: USER,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'witness',
          image,
          command: ['/usr/local/bin/envoy'],
          args: [
            '--config-yaml',
            JSON.stringify(witnessConfig()),
            '--disable-hot-restart',
            '--concurrency',
            '1',
            '--log-level',
            'error',
          ],
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}

/** Tests whether a pod is a witness. */
export function isWitness(pod: KubeObject): boolean {
  return labelsOf(pod)[WITNESS_LABEL] !== undefined;
}

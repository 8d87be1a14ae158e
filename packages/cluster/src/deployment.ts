import type { KubeObject } from './kube-object.js';
import { isProxyAlone } from './pods.js';

interface Spec {
  selector: { matchLabels?: Record<string, string> };
  template: {
    metadata?: Pick<KubeObject['metadata'], 'labels' | 'annotations'>;
    spec: { containers: { name: string; image: string }[]; serviceAccountName?: string };
  };
}

/** Returns a Deployment's spec. */
export function deploymentSpec({ spec }: KubeObject): Spec {
  return spec as Spec;
}

/** Returns a Deployment with what routes depend on: its labels. Undefined for one of a gateway, which is no workload. */
export function workloadOf(deployment: KubeObject): KubeObject | undefined {
  const { selector, template } = deploymentSpec(deployment);
  if (isProxyAlone(template.spec)) return undefined;
  const { status: _, ...rest } = deployment;
  const [{ name, image }] = template.spec.containers as [{ name: string; image: string }];
  return {
    ...rest,
    spec: {
      selector: { matchLabels: selector.matchLabels ?? {} },
      template: { metadata: template.metadata ?? {}, spec: { containers: [{ name, image }] } },
    },
  };
}

import { hasLabels, type Labels, type Pod } from '@bookinfo/rules';
import type { KubeObject } from './kube-object.js';

/** The container that Istio's injection adds to a pod; with native sidecars it is among the init containers. */
const SIDECAR = 'istio-proxy';

interface Container {
  name: string;
  image?: string;
  ports?: { name?: string; containerPort: number }[];
}

interface PodSpec {
  containers: Container[];
  initContainers?: Container[];
}

interface PodStatus {
  podIP?: string;
  conditions?: { type: string; status: string }[];
}

interface ServiceSpec {
  selector?: Record<string, string>;
  ports?: { port: number; targetPort?: number | string }[];
}

/** Returns the labels of an object. */
export function labelsOf({ metadata }: KubeObject): Labels {
  return metadata.labels ?? {};
}

/** Returns the sidecar of a pod; undefined when it has none. */
export function sidecarOf({ spec }: KubeObject): Container | undefined {
  const { containers, initContainers = [] } = spec as PodSpec;
  return [...initContainers, ...containers].find(({ name }) => name === SIDECAR);
}

/** Returns the images of a pod's containers. */
export function imagesOf({ spec }: KubeObject): string[] {
  return (spec as PodSpec).containers.flatMap(({ image }) => image ?? []);
}

/** Tests whether a pod template is that of a gateway: a proxy alone. */
export function isProxyAlone({ containers }: PodSpec): boolean {
  return containers.every(({ name }) => name === SIDECAR);
}

/**
 * Returns pods as the model has them. For a Service a pod has each port that is a number, whether its containers declare it or not, as
 * for Kubernetes' EndpointSlices.
 */
export function modelPods(pods: readonly KubeObject[], services: readonly KubeObject[]): Pod[] {
  return pods.map((pod) => {
    const { name, namespace = '', deletionTimestamp } = pod.metadata;
    const { podIP = '', conditions = [] } = pod.status as PodStatus;
    const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
    const targets = services
      .filter(({ metadata }) => metadata.namespace === namespace)
      .flatMap(({ spec }) => (spec as ServiceSpec).ports ?? [])
      .map(({ port, targetPort = port }) => targetPort)
      .filter((port) => typeof port === 'number');
    const ports = [...targets, ...portsOf(pod).map(({ containerPort }) => containerPort)];
    return {
      name,
      namespace,
      labels: labelsOf(pod),
      address: podIP,
      ports: Object.fromEntries(ports.map((port) => [port, port])),
      ready: isReady && deletionTimestamp === undefined,
    };
  });
}

/** Returns a Service whose target ports are numbers: those that its pods have by the name. */
export function withPortNumbers(service: KubeObject, pods: readonly KubeObject[]): KubeObject {
  const spec = service.spec as ServiceSpec;
  const selected = pods.filter(
    (pod) =>
      pod.metadata.namespace === service.metadata.namespace && hasLabels(labelsOf(pod), spec.selector ?? {}),
  );
  const ports = selected.flatMap(portsOf);
  return {
    ...service,
    spec: {
      ...spec,
      ports: (spec.ports ?? []).map((each) => {
        if (typeof each.targetPort !== 'string') return each;
        const port = ports.find(({ name }) => name === each.targetPort);
        return { ...each, targetPort: port?.containerPort ?? each.port };
      }),
    },
  };
}

function portsOf({ spec }: KubeObject): NonNullable<Container['ports']> {
  return (spec as PodSpec).containers.flatMap(({ ports = [] }) => ports);
}

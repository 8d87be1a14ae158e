import { LOOPBACK } from '@bookinfo/effects';
import type { Container } from '@bookinfo/rules';
import type { PodTemplate } from './workload.js';

/** What a replica knows about itself. */
export interface PodIdentity {
  name: string;
  namespace: string;
  /** The port that it shall listen to. */
  port: number;
  /** Its sidecar's URL. */
  proxyUrl: string;
}

/** All that a process needs of this machine; nothing else of the user's environment reaches a pod. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR'];

type Variable = Container['env'][number];

/**
 * The environment of a replica: what its manifest says, and what stands in for the pod's network, which the manifest
 * can't override: its port (other pods call the containerPort, and on this machine each pod has a port of its own) and
 * its sidecar, by the variables that HTTP clients obey.
 */
export function podEnvironment(
  template: PodTemplate,
  pod: PodIdentity,
  machine: NodeJS.ProcessEnv,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of INHERITED) {
    const value = machine[name];
    if (value !== undefined) environment[name] = value;
  }
  environment['HOSTNAME'] = pod.name;
  for (const variable of template.container.env) {
    const value = valueOf(variable, template, pod);
    if (value !== undefined) environment[variable.name] = value;
  }
  return {
    ...environment,
    HOST: LOOPBACK,
    PORT: String(pod.port),
    HTTP_PROXY: pod.proxyUrl,
    http_proxy: pod.proxyUrl,
    NO_PROXY: '',
    no_proxy: '',
  };
}

/** An optional key of a Secret has no value: there are no Secrets here. */
function valueOf(
  { value, valueFrom }: Variable,
  template: PodTemplate,
  pod: PodIdentity,
): string | undefined {
  if (valueFrom === undefined) return value ?? '';
  if (valueFrom.fieldRef === undefined) return undefined;
  const { fieldPath } = valueFrom.fieldRef;
  const label = /^metadata\.labels\['(.+)'\]$/.exec(fieldPath)?.[1];
  if (label !== undefined) return template.labels[label] ?? '';
  const fields: Record<string, string> = {
    'metadata.name': pod.name,
    'metadata.namespace': pod.namespace,
    'status.podIP': LOOPBACK,
    'spec.serviceAccountName': template.serviceAccountName,
  };
  return fields[fieldPath];
}

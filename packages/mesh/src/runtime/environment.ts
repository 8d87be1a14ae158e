import { LOOPBACK } from '@bookinfo/effects';
import type { Container } from '@bookinfo/rules';
import type { PodTemplate } from './workload.js';

/** The values of a replica that its environment contains. */
export interface PodIdentity {
  name: string;
  namespace: string;
  /** The port to listen on. */
  port: number;
  /** Its sidecar's URL. */
  proxyUrl: string;
  /** The URL of a trace, with `{traceId}` in the place of its id; absent when no page shows traces. */
  traceUrl?: string | undefined;
}

/** The only variables of the user's environment that pods inherit. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR'];

type Variable = Container['env'][number];

/**
 * Returns the environment of a replica: the manifest's variables, and those that replace the pod's network, which the
 * manifest cannot override: HOST and PORT, because each pod listens on its own port in place of the containerPort, and the
 * proxy variables, which lead HTTP clients to the sidecar.
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
  // The sidecar balances requests, so that a program may keep its connections to it. Without one they would skew a split.
  environment['HTTP_KEEP_ALIVE'] = 'true';
  // A manifest may name another page of traces, or none.
  if (pod.traceUrl !== undefined) environment['TRACE_URL'] = pod.traceUrl;
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

/** Returns the variable's value. A Secret's optional key has none, because containers get no Secrets. */
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

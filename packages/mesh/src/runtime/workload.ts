import { createHash } from 'node:crypto';
import {
  type Labels,
  type FieldPath,
  type Container,
  type Problem,
  originOf,
  type Deployment,
} from '@bookinfo/rules';
import { podNameSafe } from './pod-name.js';
import type { ProgramFor } from './program-for.js';

/** A Deployment in the form that the runtime needs. */
export interface Workload {
  /** The Deployment's name. */
  name: string;
  namespace: string;
  replicas: number;
  template: PodTemplate;
}

/** The pod template, from which every replica is created. */
export interface PodTemplate {
  /** Changes whenever the Deployment's template does. */
  hash: string;
  /** The template's labels and `pod-template-hash`, as in Kubernetes. */
  labels: Labels;
  container: Container;
  containerPort: number;
  /** The path of what runs it; empty when something else runs its containers. */
  program: string;
  serviceAccountName: string;
  gracePeriodMs: number;
}

/** The path of the Deployment's only container. */
const CONTAINER: FieldPath = ['spec', 'template', 'spec', 'containers', 0];

/** Returns the workload of a Deployment, or why this machine cannot run it. */
export function readWorkload(
  deployment: Deployment,
  programFor: ProgramFor,
): { workload: Workload } | { problems: Problem[] } {
  const { metadata, spec } = deployment;
  const { template } = spec;
  const [container] = template.spec.containers;
  const refuse = (field: string, message: string): { problems: Problem[] } => ({
    problems: [{ ...originOf(deployment, [...CONTAINER, field]), message }],
  });
  if (!container) throw new Error(`Deployment ${metadata.name} has no container; the schema requires one`);
  const [port, ...others] = container.ports;
  if (!port || others.length > 0)
    return refuse('ports', `container ${container.name} needs exactly one port to run on this machine`);
  let program: string | undefined;
  try {
    program = programFor(container.image);
  } catch (error) {
    return refuse('image', (error as Error).message);
  }
  const secret = container.env.find(
    ({ valueFrom }) => valueFrom?.secretKeyRef && !valueFrom.secretKeyRef.optional,
  );
  if (secret && program !== undefined)
    return refuse(
      'env',
      `variable ${secret.name} needs the Secret ${secret.valueFrom?.secretKeyRef?.name}, and pods on this machine get none ` +
        '(give it a value, or make the reference optional)',
    );
  const hash = templateHash(template);
  return {
    workload: {
      name: metadata.name,
      namespace: metadata.namespace,
      replicas: spec.replicas,
      template: {
        hash,
        labels: { ...template.metadata.labels, 'pod-template-hash': hash },
        container,
        containerPort: port.containerPort,
        program: program ?? '',
        serviceAccountName: template.spec.serviceAccountName ?? 'default',
        gracePeriodMs: template.spec.terminationGracePeriodSeconds * 1000,
      },
    },
  };
}

/** Returns the workload with another template hash, as after the annotation of `kubectl rollout restart`. */
export function restartedWorkload(workload: Workload, restarts: number): Workload {
  const { template } = workload;
  const hash = templateHash([template.hash, restarts]);
  const labels = { ...template.labels, 'pod-template-hash': hash };
  return { ...workload, template: { ...template, hash, labels } };
}

function templateHash(template: unknown): string {
  return podNameSafe(createHash('sha256').update(JSON.stringify(template)).digest().subarray(0, 9));
}

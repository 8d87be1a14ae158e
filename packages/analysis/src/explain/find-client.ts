import { type Client, type Model, ROOT_NAMESPACE, type Deployment } from '@bookinfo/rules';
import { QuestionError } from './question.js';

/** Istio's default ingress gateway: the labels that Gateway resources select it by. */
export const INGRESS_GATEWAY: Client = {
  kind: 'gateway',
  namespace: ROOT_NAMESPACE,
  labels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
};

/** Who asks, and what people call it. */
export interface NamedClient {
  /** `productpage-v1`, or `ingress gateway`. */
  name: string;
  client: Client;
}

/**
 * The client that a person means by the name of a Deployment (`reviews-v2`), or by that of an app that has one
 * (`productpage`), after `namespace/` if it isn't `default`; by nothing, the ingress gateway. Throws a QuestionError.
 */
export function findClient({ resources }: Model, from: string | undefined): NamedClient {
  if (from === undefined) return { name: 'ingress gateway', client: INGRESS_GATEWAY };
  const [name = '', namespace = 'default'] = from.split('/').toReversed();
  const deployments = resources
    .filter((resource) => resource.kind === 'Deployment')
    .filter(({ metadata }) => metadata.namespace === namespace);
  const named = deployments.filter(({ metadata }) => metadata.name === name);
  const matching = named.length > 0 ? named : deployments.filter((each) => labelsOf(each)['app'] === name);
  const [deployment, ...others] = matching;
  if (deployment && others.length === 0) {
    const client: Client = { kind: 'sidecar', namespace, labels: labelsOf(deployment) };
    return { name: deployment.metadata.name, client };
  }
  const all = resources.filter((resource) => resource.kind === 'Deployment');
  const choices =
    matching.length > 0 || deployments.length > 0
      ? (matching.length > 0 ? matching : deployments).map(({ metadata }) => metadata.name)
      : all.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  const what = matching.length > 0 ? 'has several workloads' : 'is no workload';
  throw new QuestionError(
    `${JSON.stringify(from)} ${what} (choose from: ${choices.join(', ') || 'there are none'})`,
  );
}

function labelsOf({ spec }: Deployment): Record<string, string> {
  return spec.template.metadata.labels;
}

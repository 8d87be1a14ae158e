import { gatewayProxies } from '@bookinfo/compiler';
import type { Client, Deployment, Model } from '@bookinfo/rules';
import { didYouMean } from '@bookinfo/text';
import { InvalidRequest } from './probe-request.js';

/** A client and its name in texts. */
export interface NamedClient {
  /** Such as `productpage-v1`, `hall-istio` or `ingress gateway`. */
  name: string;
  client: Client;
}

/** Returns the proxies of all gateways, the ingress gateway first. */
export function gatewaysOf({ resources }: Model): NamedClient[] {
  return gatewayProxies(resources).map(({ name, client, isIngress }) => ({
    name: isIngress ? 'ingress gateway' : name,
    client,
  }));
}

/**
 * Returns the client that `from` names: a Deployment (`reviews-v2`), an app with one Deployment (`productpage`), or the
 * proxy of a Gateway of the Gateway API (`hall-istio`). A namespace other than `default` comes first (`shop/cart`).
 *
 * @throws {InvalidRequest} when there is no such workload, or several.
 */
export function findClient(model: Model, from: string): NamedClient {
  const [name = '', namespace = 'default'] = from.split('/').toReversed();
  const gateways = gatewayProxies(model.resources).filter(({ isIngress }) => !isIngress);
  const gateway = gateways.find((each) => each.name === name && each.client.namespace === namespace);
  if (gateway) return gateway;
  const all = deploymentsOf(model);
  const inNamespace = all.filter(({ metadata }) => metadata.namespace === namespace);
  const named = inNamespace.filter(({ metadata }) => metadata.name === name);
  const matching = named.length > 0 ? named : inNamespace.filter((each) => labelsOf(each)['app'] === name);
  const [deployment, ...others] = matching;
  if (deployment && others.length === 0)
    return { name: deployment.metadata.name, client: sidecarOf(deployment) };
  const workloads = (matching.length > 0 ? matching : all).map(({ metadata }) => nameOf(metadata));
  const choices =
    matching.length > 0
      ? workloads
      : [...workloads, ...gateways.map((each) => nameOf({ ...each.client, name: each.name }))];
  // The same name in another namespace is nearer than any other name.
  const elsewhere = all.find((each) => each.metadata.name === name || labelsOf(each)['app'] === name);
  const suggestion = elsewhere ? ` (did you mean ${nameOf(elsewhere.metadata)}?)` : didYouMean(from, choices);
  const what = matching.length > 0 ? 'has several workloads' : 'is no workload';
  throw new InvalidRequest(
    `${JSON.stringify(from)} ${what}${matching.length > 0 ? '' : suggestion} (choose from: ${choices.join(', ') || 'there are none'})`,
  );
}

/** Returns the sidecar of every Deployment, by `namespace/name`. */
export function sidecarsOf(model: Model): Map<string, Client> {
  return new Map(
    deploymentsOf(model).map((each) => [`${each.metadata.namespace}/${each.metadata.name}`, sidecarOf(each)]),
  );
}

function deploymentsOf({ resources }: Model): Deployment[] {
  return resources.filter((resource) => resource.kind === 'Deployment');
}

function sidecarOf(deployment: Deployment): Client {
  return { kind: 'sidecar', namespace: deployment.metadata.namespace, labels: labelsOf(deployment) };
}

function labelsOf({ spec }: Deployment): Record<string, string> {
  return spec.template.metadata.labels;
}

/** Returns the name as `findClient` reads it. */
function nameOf({ name, namespace }: { name: string; namespace: string }): string {
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

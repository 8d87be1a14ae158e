import { Agent } from 'node:http';
import { compile, gatewayProxies } from '@bookinfo/compiler';
import type { Client, Model } from '@bookinfo/rules';
import { Proxy } from '@bookinfo/proxy';
import { ask, seededRandom } from '@bookinfo/testing';
import { INGRESS } from '@bookinfo/rules/testing';
import type { Seen } from '../support/echo-backend.js';
import { PASSTHROUGH, type Network } from './network.js';
import { PODS } from './pods.js';
import type { RequestVector } from './rule-sets.js';

/** What became of the requests of a vector. */
export interface Observed {
  /** How often each answer came, in the form of a vector's `answers`. */
  answers: Record<string, number>;
  /** The last response, the request as its pod received it, and all that pods received of it. */
  body: string;
  headers: Record<string, string>;
  received: Seen | undefined;
  /** Grows while copies arrive. */
  seen: readonly Seen[];
  afterMs: number;
}

/** Sends a vector's requests through the client's proxy, one after the other so that equal seeds give equal draws. */
export async function observe(
  { client: name, request }: RequestVector,
  model: Model,
  network: Network,
): Promise<Observed> {
  const client = clientOf(name, model);
  await using proxy = await Proxy.start({
    role: client.kind,
    table: compile(model, client),
    random: seededRandom(1),
    ...(request.gatewayPort !== undefined && { listenerPort: request.gatewayPort }),
  });
  const agent = new Agent({ keepAlive: true });
  const answers: Record<string, number> = {};
  let last: Observed | undefined;
  for (let sent = 0; sent < (request.count ?? 1); sent += 1) {
    last = await exchange(request, proxy.port, agent, network);
    for (const answer of Object.keys(last.answers)) answers[answer] = (answers[answer] ?? 0) + 1;
  }
  // A copy that was sent has arrived by the time that another request has been answered.
  await ask(proxy.port, { agent, path: '/', headers: { host: PASSTHROUGH } });
  agent.destroy();
  return { ...last!, answers };
}

function clientOf(name = 'productpage-v1', { resources }: Model): Client {
  if (name === 'ingress') return INGRESS;
  const pod = PODS.find((each) => each.name === name);
  if (pod) return { kind: 'sidecar', namespace: pod.namespace, labels: pod.labels };
  const gateways = gatewayProxies(resources);
  const gateway = gateways.find((each) => `${each.client.namespace}/${each.name}` === `${name}-istio`);
  if (!gateway) throw new Error(`there is no Gateway ${name}`);
  return gateway.client;
}

/** Sends one request in origin-form, which is what a sidecar in a cluster gets. */
async function exchange(
  { method = 'GET', url, host, headers, body }: RequestVector['request'],
  port: number,
  agent: Agent,
  network: Network,
): Promise<Observed> {
  const [, authority = '', path = ''] = /^http:\/\/([^/]+)(.*)$/.exec(url) ?? [];
  network.seen.length = 0;
  const start = performance.now();
  const response = await ask(port, {
    agent,
    method,
    path,
    headers: { host: host ?? authority, ...headers },
    ...(body !== undefined && { body }),
  });
  const afterMs = performance.now() - start;
  const received = echoOf(response.body);
  const answer = `${response.status}${received ? ` ${received.pod}` : ''}`;
  return {
    answers: { [received?.pod === PASSTHROUGH ? PASSTHROUGH : answer]: 1 },
    body: received ? '' : response.body,
    headers: response.headers as Record<string, string>,
    received,
    seen: network.seen,
    afterMs,
  };
}

function echoOf(body: string): Seen | undefined {
  return body.startsWith('{"pod"') ? (JSON.parse(body) as Seen) : undefined;
}

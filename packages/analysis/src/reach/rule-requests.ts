import type { Client, Model } from '@bookinfo/rules';
import {
  DEFAULT_PORTS,
  type Route,
  type RouteTable,
  type RuleSource,
  type RouteRequest,
} from '@bookinfo/routing';
import type { Application } from '../application/application.js';
import type { Probe } from '../explain/probe.js';
import { atListener, InvalidRequest, routeRequestOf } from '../explain/probe-request.js';
import { findRequest, type Reach, type RequestTemplate } from './find-request.js';
import type { CalledHost, ProxyRoutes } from './proxies.js';

/** A route of a rule in the table of one client, and whether a request reaches it. */
export interface RuleRequest {
  rule: RuleSource;
  route: Route;
  table: RouteTable;
  client: Client;
  reach: Reach;
  /** The request that reaches it, when a client of this mesh can send it. */
  probe?: Probe;
  /** The reason why no client of this mesh can send it. */
  unsendableReason?: string;
}

/** A reached route is the best. A workload's request to its own Service ranks lower, because real workloads send none. */
const RANK = { unreachable: 0, undecided: 1, reached: 2 };
const BEST_RANK = 3;

/**
 * Returns for each route of a rule in these files a request that reaches it through the gateway, and one that reaches it
 * from a sidecar, as far as either has the route. Of several sidecars the first with the best request is taken.
 */
export function ruleRequests(
  proxies: readonly ProxyRoutes[],
  model: Model,
  application: Application,
  files: ReadonlySet<string>,
): RuleRequest[] {
  const best = new Map<string, { rank: number; found: RuleRequest }>();
  for (const proxy of proxies) {
    const { client, table, called } = proxy;
    for (const { route, rule, ...host } of routesOf(called, files)) {
      const key = `${client.kind} ${originKey(rule)}`;
      const previous = best.get(key)?.rank ?? -1;
      if (previous === BEST_RANK) continue;
      const template = templateFor(host, client, application);
      const reach = findRequest(host.virtualHost, route, template);
      const sent = reach.kind === 'reached' ? probeFor(reach.request, template, model, proxy) : {};
      const rank = RANK[reach.kind] + (sent.probe && isToOther(template, client) ? 1 : 0);
      if (rank <= previous) continue;
      best.set(key, { rank, found: { rule, route, table, client, reach, ...sent } });
    }
  }
  return [...best.values()].map(({ found }) => found);
}

/** Returns false for a request to the client's own Service, which real workloads do not send. */
export function isToOther({ authority }: RequestTemplate, { labels }: Client): boolean {
  return serviceOf(authority) !== labels['app'];
}

/** Returns a key that distinguishes the positions of rules. */
export function originKey({ origin }: Pick<RuleSource, 'origin'>): string {
  return `${origin.file}:${origin.line}:${origin.column}`;
}

function routesOf(
  called: readonly CalledHost[],
  files: ReadonlySet<string>,
): (CalledHost & { route: Route; rule: RuleSource })[] {
  return called.flatMap((host) =>
    host.virtualHost.routes.flatMap((route) =>
      route.rule && files.has(route.rule.origin.file) ? [{ route, rule: route.rule, ...host }] : [],
    ),
  );
}

/** Returns a request to the shortest name of the host, with paths that the application has there. */
export function templateFor(
  { virtualHost: { domains }, port, scheme }: CalledHost,
  { kind }: Client,
  application: Application,
): RequestTemplate {
  const [first = '*'] = domains;
  const domain = domains.find((each) => !/[.*]/.test(each)) ?? first;
  const host = domain === '*' ? 'localhost' : domain.replace('*', 'any');
  if (kind === 'gateway') {
    const isWeb = port === DEFAULT_PORTS[scheme];
    const local = domain === '*' && scheme === 'http' ? 'localhost:9080' : host;
    return { port, scheme, authority: isWeb ? local : `${host}:${port}`, paths: application.gatewayPaths };
  }
  return { port, scheme, authority: `${host}:${port}`, paths: application.pathsOf(serviceOf(host)) };
}

/** Returns the name of the Service in a host name: `reviews` of `reviews.default.svc.cluster.local`. */
function serviceOf(host: string): string {
  return /^[^.:]*/.exec(host)?.[0] ?? '';
}

/** Returns a request as the proxy's client sends it, or the reason why it cannot. */
export function probeFor(
  { method, scheme, authority, path, headers }: RouteRequest,
  template: RequestTemplate,
  model: Model,
  { from, client, table, leftOut }: ProxyRoutes,
): Pick<RuleRequest, 'probe' | 'unsendableReason'> {
  if (scheme !== template.scheme)
    return {
      unsendableReason: `only ${scheme} reaches it, and clients of port ${template.port} have ${template.scheme}`,
    };
  const isInUrl = authority === template.authority || client.kind === 'gateway';
  const sent = {
    method,
    url: `${scheme}://${isInUrl ? authority : template.authority}${path}`,
    headers: { ...headers, ...(!isInUrl && { host: authority }) },
    from,
  };
  try {
    const request = atListener(routeRequestOf(sent), client, table);
    const name = from?.split('/').at(-1) ?? 'ingress gateway';
    return { probe: { model, sent, from: name, client, request, table, leftOut } };
  } catch (error) {
    if (error instanceof InvalidRequest) return { unsendableReason: error.message };
    throw error;
  }
}

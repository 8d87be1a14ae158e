import { compile } from '@bookinfo/compiler';
import type { Client, Model } from '@bookinfo/rules';
import type { Route, RouteTable, RuleSource, VirtualHost, RouteRequest } from '@bookinfo/routing';
import type { Application } from '../application/application.js';
import { findClient } from '../explain/find-client.js';
import { QuestionError, routeRequestOf, type Question } from '../explain/question.js';
import { findRequest, type Reach, type UsualRequest } from './find-request.js';

/** A route of a rule as one client has it, and what is known of the requests that reach it. */
export interface RuleRequest {
  rule: RuleSource;
  route: Route;
  table: RouteTable;
  /** Who asks: `default/reviews-v1`; absent for the ingress gateway. */
  from: string | undefined;
  reach: Reach;
  /** The request that reaches it, as somebody here could send it. */
  question?: Question;
  /** Why nobody here can send it. */
  unaskable?: string;
}

interface Asker {
  from: string | undefined;
  client: Client;
}

/** A request that shows more is better; that of a workload to its own Service comes late, since it reads oddly. */
const RANK = { unreachable: 0, undecided: 1, reached: 2 };
const BEST = 3;

/**
 * For every route that comes from a rule in these files: a request that reaches it through the gateway, and one from a
 * sidecar, as far as either has it. Of the sidecars the first counts that has such a request.
 */
export function ruleRequests(
  model: Model,
  application: Application,
  files: ReadonlySet<string>,
): RuleRequest[] {
  const best = new Map<string, { rank: number; found: RuleRequest }>();
  for (const asker of askers(model)) {
    const table = compile(model, asker.client);
    for (const [port, { virtualHosts }] of table.routeConfigurations) {
      for (const virtualHost of virtualHosts) {
        for (const route of virtualHost.routes) {
          const { rule } = route;
          if (!rule || !files.has(rule.origin.file)) continue;
          const key = `${asker.client.kind} ${originKey(rule)}`;
          const before = best.get(key)?.rank ?? -1;
          if (before === BEST) continue;
          const usual = usualRequest(virtualHost, port, asker.client, application);
          const reach = findRequest(virtualHost, route, usual);
          const isOther = serviceOf(usual.authority) !== asker.client.labels['app'];
          const rank = RANK[reach.kind] + (reach.kind === 'reached' && isOther ? 1 : 0);
          if (rank <= before) continue;
          const asked = reach.kind === 'reached' ? questionFor(reach.request, usual, asker) : {};
          best.set(key, { rank, found: { rule, route, table, from: asker.from, reach, ...asked } });
        }
      }
    }
  }
  return [...best.values()].map(({ found }) => found);
}

/** Tells the places of rules apart. */
export function originKey({ origin }: RuleSource): string {
  return `${origin.file}:${origin.line}:${origin.column}`;
}

function askers(model: Model): Asker[] {
  const workloads = model.resources.filter((resource) => resource.kind === 'Deployment');
  const names = workloads.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  return [undefined, ...names].map((from) => ({ from, client: findClient(model, from).client }));
}

/** Returns a request to the shortest name of the host, for a path that the application has there. */
function usualRequest(
  { domains }: VirtualHost,
  port: number,
  { kind }: Client,
  application: Application,
): UsualRequest {
  const [first = '*'] = domains;
  const domain = domains.find((each) => !/[.*]/.test(each)) ?? first;
  const host = domain === '*' ? 'localhost' : domain.replace('*', 'any');
  if (kind === 'gateway') {
    const authority = domain === '*' ? 'localhost:9080' : host;
    return { port, authority, paths: application.gatewayPaths };
  }
  return { port, authority: `${host}:${port}`, paths: application.pathsOf(serviceOf(host)) };
}

/** Returns the name of the Service that a host names: `reviews` of `reviews.default.svc.cluster.local`. */
function serviceOf(host: string): string {
  return /^[^.:]*/.exec(host)?.[0] ?? '';
}

function questionFor(
  request: RouteRequest,
  usual: UsualRequest,
  { from, client }: Asker,
): Pick<RuleRequest, 'question' | 'unaskable'> {
  const { method, scheme, authority, path } = request;
  if (scheme === 'https') return { unaskable: 'only https reaches it, and this mesh speaks plain HTTP' };
  const isUsual = authority === usual.authority || client.kind === 'gateway';
  const url = `http://${isUsual ? authority : usual.authority}${path}`;
  const headers = { ...request.headers, ...(!isUsual && { host: authority }) };
  const question = { method, url, headers, from };
  try {
    routeRequestOf(question, client);
    return { question };
  } catch (error) {
    if (error instanceof QuestionError) return { unaskable: error.message };
    throw error;
  }
}

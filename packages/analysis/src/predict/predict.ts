import {
  type Cluster,
  type Endpoint,
  type ForwardAction,
  type Route,
  type RouteTable,
  type RouteRequest,
  type RuleSource,
  withoutQuery,
  NO_HEALTHY_UPSTREAM,
  Matcher,
  RouteLookup,
} from '@bookinfo/routing';
import { compile } from '@bookinfo/compiler';
import type { Client } from '@bookinfo/rules';
import type { Application } from '../application/application.js';
import { destinationFindings } from '../check/destination-findings.js';
import { formatFinding, type Finding } from '../check/finding.js';
import type { Probe } from '../explain/probe.js';
import { routeRequestOf } from '../explain/probe-request.js';
import { versionOf } from '../explain/version-of.js';
import { applyAssumption, type Assumption } from './assumption.js';
import { withinLimits } from './call-limits.js';
import { bernoulli, certain, flatMap, groupBy, weighted, type Distribution } from './distribution.js';
import { proxyResponse, responseLabel, type PredictedResponse } from './predicted-response.js';
import { respond, type CallBackend } from './program.js';
import { responsesWithRetries, type AttemptResult, type EndpointGroup } from './retries.js';

/**
 * Predicts the share of every response to a request, by calculation instead of sampling: through faults, weights, pods,
 * retries and timeouts, and hop by hop through the programs of the application with their time limits and attempts. The
 * shares add up to 1.
 *
 * The pods of a cluster share its requests evenly, as with every load balancer that does not hash. They behave as the
 * application's programs, unless `assumptions` say otherwise; a workload without a program, and the host of a
 * ServiceEntry, respond with 200. Connection limits and outlier detection are not taken into account, and the mesh is in a
 * steady state: no pod is new, so that a warmup has no effect.
 */
export function predict(
  probe: Probe,
  application: Application,
  assumptions: readonly Assumption[] = [],
): Distribution<PredictedResponse> {
  return predictWithCauses(probe, application, assumptions).responses;
}

/** The responses to a request, and what they come from. */
export interface Prediction {
  responses: Distribution<PredictedResponse>;
  /** The workloads that a request may reach on its way, such as `default/reviews-v2`. */
  workloads: ReadonlySet<string>;
  /** The rules that it may meet on its way, in the order of the calls. */
  rules: readonly RuleSource[];
  /** What `check` reports of their destinations: those without a backend. */
  findings: readonly Finding[];
}

/** Predicts like `predict`, and returns the causes too. */
export function predictWithCauses(
  probe: Probe,
  application: Application,
  assumptions: readonly Assumption[] = [],
): Prediction {
  const walk = new Walk(probe, application, assumptions);
  const responses = walk.responsesTo(probe.request, probe.client);
  const met = [...walk.met];
  const findings = met.flatMap(([route, { table, client }]) =>
    destinationFindings(route, table, client, probe.model),
  );
  return {
    responses,
    workloads: walk.workloads,
    rules: met.flatMap(([{ rule }]) => rule ?? []),
    findings: [...new Map(findings.map((finding) => [formatFinding(finding), finding])).values()],
  };
}

/** A walk through all hops of a request and all of their random draws. */
class Walk {
  readonly workloads = new Set<string>();
  readonly met = new Map<Route, { table: RouteTable; client: Client }>();
  readonly #probe: Probe;
  readonly #application: Application;
  readonly #assumptions: readonly Assumption[];
  readonly #matchers: Map<string, Matcher>;

  constructor(probe: Probe, application: Application, assumptions: readonly Assumption[]) {
    this.#probe = probe;
    this.#application = application;
    this.#assumptions = assumptions;
    this.#matchers = new Map([[JSON.stringify(probe.client), new Matcher(probe.table)]]);
  }

  /** Returns the responses of the client's proxy. Equal ones are merged, because the next hop multiplies them. */
  responsesTo(request: RouteRequest, client: Client): Distribution<PredictedResponse> {
    const matcher = this.#matcherOf(client);
    const lookup = new RouteLookup(matcher, request);
    if (lookup.route) this.met.set(lookup.route, { table: matcher.table, client });
    const responses = lookup.route
      ? this.#responsesOf(lookup.route, lookup, matcher.table)
      : certain(unroutedResponse(matcher.table, lookup));
    return groupBy(responses, responseLabel);
  }

  #matcherOf(client: Client): Matcher {
    const key = JSON.stringify(client);
    let matcher = this.#matchers.get(key);
    if (!matcher) this.#matchers.set(key, (matcher = new Matcher(compile(this.#probe.model, client))));
    return matcher;
  }

  #responsesOf(route: Route, lookup: RouteLookup, table: RouteTable): Distribution<PredictedResponse> {
    const { delay, abort } = route.fault ?? {};
    return flatMap(bernoulli((delay?.percentage ?? 0) / 100), (isDelayed) => {
      const delayMs = isDelayed ? (delay?.fixedDelayMs ?? 0) : 0;
      return flatMap(bernoulli((abort?.percentage ?? 0) / 100), (isAborted) => {
        const responses = isAborted
          ? certain(proxyResponse(abort?.httpStatus ?? 0))
          : this.#responsesOfAction(route, lookup, table);
        return flatMap(responses, (response) =>
          certain({ ...response, delayMs: response.delayMs + delayMs }),
        );
      });
    });
  }

  #responsesOfAction(
    { action }: Route,
    lookup: RouteLookup,
    table: RouteTable,
  ): Distribution<PredictedResponse> {
    const { request, redirectLocation: location = '', rewrittenPath: path = request.path } = lookup;
    switch (action.kind) {
      case 'redirect':
        return certain({ ...proxyResponse(action.status), location });
      case 'direct-response':
        return certain(proxyResponse(action.status));
      case 'forward':
        if (lookup.preflightHeaders) return certain(proxyResponse(200));
        return this.#responsesOfClusters({ ...request, path }, action, table);
    }
  }

  #responsesOfClusters(
    request: RouteRequest,
    action: ForwardAction,
    { clusters }: RouteTable,
  ): Distribution<PredictedResponse> {
    const notFound = certain(proxyResponse(action.clusterNotFoundStatus));
    if (action.weightedClusters.length === 0) return notFound;
    const choices = action.weightedClusters.map(({ name, weight }) => ({ value: name, weight }));
    return flatMap(weighted(choices), (name) => {
      const cluster = clusters.get(name);
      if (!cluster) return notFound;
      const groups = this.#groupsOf(cluster, request);
      return groups.length === 0
        ? certain(proxyResponse(NO_HEALTHY_UPSTREAM.status))
        : responsesWithRetries(groups, action);
    });
  }

  #groupsOf({ type, name, endpoints }: Cluster, request: RouteRequest): EndpointGroup[] {
    if (type === 'ORIGINAL_DST') {
      const responses = certain(respond({ name: request.authority, version: '' }, 200));
      return [{ count: 1, results: this.#attemptResults([request.authority], responses) }];
    }
    const namespace = name.split('|').at(-1)?.split('.')[1] ?? '';
    const equivalent = Map.groupBy(
      endpoints,
      (endpoint) => `${versionOf(endpoint)} ${endpoint.weight} ${JSON.stringify(endpoint.labels)}`,
    );
    return [...equivalent.values()].flatMap(([endpoint, ...others]) =>
      endpoint
        ? [
            {
              count: 1 + others.length,
              weight: endpoint.weight,
              results: this.#resultsOf(endpoint, namespace, request),
            },
          ]
        : [],
    );
  }

  /** Returns the results of an attempt at this endpoint. */
  #resultsOf(endpoint: Endpoint, namespace: string, request: RouteRequest): Distribution<AttemptResult> {
    const { app = '', version = '' } = endpoint.labels;
    const identity = { name: versionOf(endpoint), version };
    this.workloads.add(`${namespace}/${identity.name}`);
    const client: Client = { kind: 'sidecar', namespace, labels: endpoint.labels };
    const headers = this.#application.headersFor(request, app, this.#probe.sent.user);
    const call: CallBackend = (url, limits = {}) => {
      const backendRequest = routeRequestOf({ method: 'GET', url, headers });
      return withinLimits(this.responsesTo(backendRequest, client), limits);
    };
    const path = withoutQuery(request.path);
    const responses =
      this.#application.programs[app]?.(identity, call, { method: request.method, path }) ??
      certain(respond(identity, 200));
    return this.#attemptResults([identity.name, app], responses);
  }

  /** Applies the assumption about the first of these names that has one. */
  #attemptResults(
    names: readonly string[],
    responses: Distribution<PredictedResponse>,
  ): Distribution<AttemptResult> {
    const [assumption] = names.flatMap((name) => this.#assumptions.filter(({ of }) => of === name));
    return applyAssumption(assumption, responses, names[0] ?? '');
  }
}

function unroutedResponse(
  { unmatchedHost }: RouteTable,
  { request, virtualHost, hasListener }: RouteLookup,
): PredictedResponse {
  if (virtualHost || unmatchedHost === 'not-found') return proxyResponse(404);
  if (unmatchedHost === 'block') return proxyResponse(hasListener ? 502 : 0);
  return { ...proxyResponse(200), outside: request.authority };
}

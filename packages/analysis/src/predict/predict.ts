import {
  type Cluster,
  type Endpoint,
  type ForwardAction,
  type Route,
  type RouteTable,
  preflightHeaders,
  type RouteRequest,
  normalizePath,
  withoutQuery,
  rewritePath,
  redirectLocation,
  Search,
  NO_HEALTHY_UPSTREAM,
} from '@bookinfo/routing';
import { compile } from '@bookinfo/compiler';
import type { Client, Model } from '@bookinfo/rules';
import type { Application } from '../application/application.js';
import { versionOf } from '../explain/explain.js';
import { findClient } from '../explain/find-client.js';
import { routeRequestOf, type Question } from '../explain/question.js';
import { answerLabel, localAnswer, type Answer } from './answer.js';
import { triesUnder, type Assumption } from './assumption.js';
import { withinLimits } from './call-limits.js';
import { certain, flatMap, bernoulli, groupBy, weighted, type Distribution } from './distribution.js';
import { respond, type CallBackend } from './program.js';
import { answersWithRetries, type EndpointGroup, type TryResult } from './retries.js';

/**
 * The share of every answer to a request, worked out and not sampled: through faults, weights, pods, retries, time limits
 * of routes and tries, and what the programs behind do in turn, hop by hop, with time limits and attempts of their own.
 * The shares add up to 1.
 *
 * Pods of a cluster are taken to share it evenly, which holds for every load balancer that does not hash; they answer as
 * the application's programs do, workloads that have none and hosts of ServiceEntries with 200, unless `assumptions` say
 * something else of them; limits on connections and ejected pods play no part. Throws a QuestionError.
 */
export function predict(
  model: Model,
  application: Application,
  question: Question,
  assumptions: readonly Assumption[] = [],
): Distribution<Answer> {
  const { client } = findClient(model, question.from);
  return new Prediction(model, application, assumptions, question.user).answersTo(
    routeRequestOf(question, client),
    client,
  );
}

class Prediction {
  readonly #model: Model;
  readonly #application: Application;
  readonly #assumptions: readonly Assumption[];
  readonly #user: string | undefined;
  readonly #tables = new Map<string, RouteTable>();

  constructor(
    model: Model,
    application: Application,
    assumptions: readonly Assumption[],
    user: string | undefined,
  ) {
    this.#model = model;
    this.#application = application;
    this.#user = user;
    this.#assumptions = assumptions;
  }

  /** What the client's own proxy answers it; equal answers are put together, since the next hop multiplies them. */
  answersTo(request: RouteRequest, client: Client): Distribution<Answer> {
    const table = this.#tableOf(client);
    const search = new Search(table, request);
    const answers = search.route
      ? this.#answersOf(search.route, request, table)
      : certain(unrouted(table, request, search));
    return groupBy(answers, answerLabel);
  }

  #tableOf(client: Client): RouteTable {
    const key = JSON.stringify(client);
    let table = this.#tables.get(key);
    if (!table) this.#tables.set(key, (table = compile(this.#model, client)));
    return table;
  }

  #answersOf(route: Route, request: RouteRequest, table: RouteTable): Distribution<Answer> {
    const { delay, abort } = route.fault ?? {};
    return flatMap(bernoulli((delay?.percentage ?? 0) / 100), (isDelayed) => {
      const delayMs = isDelayed ? (delay?.fixedDelayMs ?? 0) : 0;
      return flatMap(bernoulli((abort?.percentage ?? 0) / 100), (isAborted) => {
        const answers = isAborted
          ? certain(localAnswer(abort?.httpStatus ?? 0))
          : this.#carriedOut(route, request, table);
        return flatMap(answers, (answer) => certain({ ...answer, delayMs: answer.delayMs + delayMs }));
      });
    });
  }

  #carriedOut(
    { action, match, cors }: Route,
    request: RouteRequest,
    table: RouteTable,
  ): Distribution<Answer> {
    switch (action.kind) {
      case 'redirect':
        return certain({
          ...localAnswer(action.status),
          location: redirectLocation(action, match.path, request),
        });
      case 'direct-response':
        return certain(localAnswer(action.status));
      case 'forward': {
        if (cors && preflightHeaders(cors, request)) return certain(localAnswer(200));
        const path = normalizePath(request.path);
        const sent = {
          ...request,
          path: action.rewrite ? rewritePath(action.rewrite, match.path, path) : path,
        };
        return this.#forwarded(sent, action, table);
      }
    }
  }

  #forwarded(request: RouteRequest, action: ForwardAction, { clusters }: RouteTable): Distribution<Answer> {
    const notFound = certain(localAnswer(action.clusterNotFoundStatus));
    if (action.weightedClusters.length === 0) return notFound;
    const choices = action.weightedClusters.map(({ name, weight }) => ({ value: name, weight }));
    return flatMap(weighted(choices), (name) => {
      const cluster = clusters.get(name);
      if (!cluster) return notFound;
      const groups = this.#groupsOf(cluster, request);
      return groups.length === 0
        ? certain(localAnswer(NO_HEALTHY_UPSTREAM.status))
        : answersWithRetries(groups, action);
    });
  }

  #groupsOf({ type, name, endpoints }: Cluster, request: RouteRequest): EndpointGroup[] {
    if (type === 'ORIGINAL_DST')
      return [
        {
          count: 1,
          results: this.#tries(
            [request.authority],
            certain(respond({ name: request.authority, version: '' }, 200)),
          ),
        },
      ];
    const namespace = name.split('|').at(-1)?.split('.')[1] ?? '';
    const alike = Map.groupBy(
      endpoints,
      (endpoint) => `${versionOf(endpoint)} ${JSON.stringify(endpoint.labels)}`,
    );
    return [...alike.values()].flatMap(([endpoint, ...others]) =>
      endpoint ? [{ count: 1 + others.length, results: this.#resultsOf(endpoint, namespace, request) }] : [],
    );
  }

  /** What one try to this endpoint may meet. */
  #resultsOf(endpoint: Endpoint, namespace: string, request: RouteRequest): Distribution<TryResult> {
    const { app = '', version = '' } = endpoint.labels;
    const identity = { name: versionOf(endpoint), version };
    const client: Client = { kind: 'sidecar', namespace, labels: endpoint.labels };
    const headers = this.#application.headersFor(request, app, this.#user);
    const call: CallBackend = (url, limits = {}) => {
      const backendRequest = routeRequestOf({ method: 'GET', url, headers }, client);
      return withinLimits(this.answersTo(backendRequest, client), limits);
    };
    const path = withoutQuery(request.path);
    const answers =
      this.#application.programs[app]?.(identity, call, { method: request.method, path }) ??
      certain(respond(identity, 200));
    return this.#tries([identity.name, app], answers);
  }

  /** Of several names the first that an assumption is about counts. */
  #tries(names: readonly string[], answers: Distribution<Answer>): Distribution<TryResult> {
    const about = names.flatMap((name) => this.#assumptions.filter(({ of }) => of === name));
    return triesUnder(about[0], answers, names[0] ?? '');
  }
}

function unrouted(
  { unmatchedHost }: RouteTable,
  { authority }: RouteRequest,
  { virtualHost, hasListener }: Search,
): Answer {
  if (virtualHost || unmatchedHost === 'not-found') return localAnswer(404);
  if (unmatchedHost === 'block') return localAnswer(hasListener ? 502 : 0);
  return { ...localAnswer(200), outside: authority };
}

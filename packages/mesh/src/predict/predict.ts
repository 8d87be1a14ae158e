import type { Cluster } from '../compile/cluster.js';
import { compile } from '../compile/compile.js';
import type { Client, Model } from '../compile/model.js';
import type { ForwardAction } from '../compile/route-action.js';
import type { RouteTable } from '../compile/route-table.js';
import type { RouteRequest } from '../decide/decision.js';
import { Search } from '../decide/search.js';
import { versionOf } from '../explain/explain.js';
import { findClient } from '../explain/find-client.js';
import { QuestionError, routeRequestOf, type Question } from '../explain/question.js';
import { answerLabel, localAnswer, type Answer } from './answer.js';
import { BOOKINFO_PROGRAMS } from './bookinfo-programs.js';
import { always, andThen, chance, merged, weighted, type Distribution } from './distribution.js';

/**
 * The share of every answer to a request, worked out and not sampled: through faults, weights, pods, time limits of
 * routes, and what the programs behind do in turn, hop by hop, with time limits and attempts of their own. The shares
 * add up to 1.
 *
 * Pods of a cluster are taken to share it evenly, which holds for every load balancer that does not hash; pods answer
 * 200, and so do hosts of ServiceEntries; connections succeed. Throws a QuestionError, also for a request to a host that
 * nothing declares: nobody knows its answer.
 */
export function predict(model: Model, question: Question): Distribution<Answer> {
  const { client } = findClient(model, question.from);
  const tables = new Map<string, RouteTable>();
  const tableOf = (of: Client): RouteTable => {
    const key = JSON.stringify(of);
    let table = tables.get(key);
    if (!table) tables.set(key, (table = compile(model, of)));
    return table;
  };
  return merged(answersTo(routeRequestOf(question, client), client, tableOf), answerLabel);
}

type TableOf = (client: Client) => RouteTable;

function answersTo(request: RouteRequest, client: Client, tableOf: TableOf): Distribution<Answer> {
  const table = tableOf(client);
  const { virtualHost, route } = new Search(table, request);
  if (!route) return always(unrouted(table, request, virtualHost !== undefined));
  const { fault, action } = route;
  return andThen(chance((fault?.delay?.percentage ?? 0) / 100), (isDelayed) => {
    const delayMs = isDelayed ? (fault?.delay?.fixedDelayMs ?? 0) : 0;
    const late = (answer: Answer): Answer => ({ ...answer, delayMs: answer.delayMs + delayMs });
    return andThen(chance((fault?.abort?.percentage ?? 0) / 100), (isAborted) => {
      if (isAborted) return always(localAnswer(fault?.abort?.httpStatus ?? 0, delayMs));
      if (action.kind === 'redirect' || action.kind === 'direct-response')
        return always(localAnswer(action.status, delayMs));
      return andThen(forwarded(request, action, table, tableOf), (answer) => always(late(answer)));
    });
  });
}

function unrouted({ unmatchedHost }: RouteTable, { authority }: RouteRequest, hasHost: boolean): Answer {
  if (hasHost || unmatchedHost === 'not-found') return localAnswer(404);
  if (unmatchedHost === 'block') return localAnswer(502);
  throw new QuestionError(`${authority} is outside of the mesh, where nothing can be predicted`);
}

function forwarded(
  request: RouteRequest,
  action: ForwardAction,
  { clusters }: RouteTable,
  tableOf: TableOf,
): Distribution<Answer> {
  const choices = action.weightedClusters.map(({ name, weight }) => ({ value: name, weight }));
  const answers = andThen(weighted(choices), (name) => {
    const cluster = clusters.get(name);
    return cluster ? answersOf(cluster, request, tableOf) : always(localAnswer(action.clusterNotFoundStatus));
  });
  if (action.timeoutMs === 0) return answers;
  const timedOut = localAnswer(504, action.timeoutMs);
  return andThen(answers, (answer) => always(answer.delayMs >= action.timeoutMs ? timedOut : answer));
}

function answersOf(
  { type, endpoints }: Cluster,
  request: RouteRequest,
  tableOf: TableOf,
): Distribution<Answer> {
  if (type === 'ORIGINAL_DST')
    return always({ status: 200, path: [request.authority], delayMs: 0, tries: 1 });
  if (endpoints.length === 0) return always(localAnswer(503));
  return andThen(weighted(endpoints.map((value) => ({ value, weight: 1 }))), (endpoint) => {
    const { app = '', version = '' } = endpoint.labels;
    const program = BOOKINFO_PROGRAMS[app];
    const name = versionOf(endpoint);
    if (!program) return always({ status: 200, path: [name], delayMs: 0, tries: 1 });
    const client: Client = { kind: 'sidecar', namespace: 'default', labels: endpoint.labels };
    const ask = (url: string): Distribution<Answer> => {
      const next = { method: 'GET', url, headers: app === 'productpage' ? {} : request.headers };
      return answersTo(routeRequestOf(next, client), client, tableOf);
    };
    return program({ name, version }, ask, request.path);
  });
}

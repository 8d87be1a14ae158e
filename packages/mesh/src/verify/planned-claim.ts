import { compile } from '../compile/compile.js';
import type { Client, Model } from '../compile/model.js';
import type { Route, RouteTable, VirtualHost } from '../compile/route-table.js';
import { Search } from '../decide/search.js';
import { explain } from '../explain/explain.js';
import type { Explanation } from '../explain/explanation.js';
import { findClient } from '../explain/find-client.js';
import { routeRequestOf, type Question } from '../explain/question.js';
import type { RegisteredService } from '../registry/registry.js';
import { answerLabel, type Answer } from '../predict/answer.js';
import { merged, type Distribution } from '../predict/distribution.js';
import { predict } from '../predict/predict.js';
import type { Claim } from '../verdict/claim.js';
import { witnessFor } from './witness.js';

/** One rule of a file, the request that reaches it, and what the files say of that request. */
export interface PlannedClaim {
  claim: Omit<Claim, 'requests'>;
  /** Absent when no request reaches the rule. */
  test?: { question: Question; explanation: Explanation; answers: Distribution<Answer> };
  /** Why none does. */
  unreachable?: string;
}

/** What nobody can see from outside is left out: how often a program behind had to ask. */
export function visibleLabel(answer: Answer): string {
  return answerLabel({ ...answer, tries: 1, triesBehind: 1 });
}

/** A claim for every route of the sidecars' tables that comes from one of these files. */
export function plannedClaims(model: Model, files: ReadonlySet<string>): PlannedClaim[] {
  const workloads = model.resources.filter((resource) => resource.kind === 'Deployment');
  return model.registry.services.flatMap((service) => {
    // Any workload may ask; one that isn't the host's own makes the report easier to read.
    const caller = workloads.find(({ spec }) => spec.template.metadata.labels['app'] !== service.name);
    if (!caller) return [];
    const from = `${caller.metadata.namespace}/${caller.metadata.name}`;
    const { client } = findClient(model, from);
    const table = compile(model, client);
    return service.ports.flatMap(({ number: port }) => {
      const virtualHost = virtualHostOf(table, port, service.host);
      const routes = virtualHost?.routes.filter(({ rule }) => rule && files.has(rule.origin.file)) ?? [];
      return routes.map((route) => claimOf({ model, table, client, from }, route, calledAs(service), port));
    });
  });
}

/** A Service by its short name, a host of a ServiceEntry in full. */
function calledAs({ name, host, resolution }: RegisteredService): string {
  return resolution === 'PODS' ? name : host.replace('*', 'any');
}

interface Asker {
  model: Model;
  table: RouteTable;
  client: Client;
  from: string;
}

function claimOf(
  { model, table, client, from }: Asker,
  route: Route,
  host: string,
  port: number,
): PlannedClaim {
  const { rule } = route;
  const origin = rule?.origin ?? { file: '', line: 0, column: 0 };
  const title = `${rule?.resource} ${route.name === '' ? `line ${origin.line}` : route.name}`;
  const nothing = { title, origin, request: 'none', outcomes: new Map([['no answer', 1]]) };
  const witness = witnessFor(route, host, port);
  if ('reason' in witness) return { claim: nothing, unreachable: witness.reason };
  const question = { ...witness.question, from };
  const found = new Search(table, routeRequestOf(question, client)).route;
  if (found !== route) {
    const reason = `the rule in line ${found?.rule?.origin.line} takes ${question.method} ${question.url} first`;
    return { claim: nothing, unreachable: reason };
  }
  const answers = merged(predict(model, question), visibleLabel);
  const headers = Object.entries(question.headers).map(([name, value]) => ` -H '${name}: ${value}'`);
  return {
    claim: {
      title,
      origin,
      request: `${question.method} ${question.url}${headers.join('')} from ${from.split('/')[1]}`,
      outcomes: new Map(answers.map(({ value, share }) => [visibleLabel(value), share])),
    },
    test: { question, explanation: explain(model, question), answers },
  };
}

function virtualHostOf(table: RouteTable, port: number, host: string): VirtualHost | undefined {
  return table.routeConfigurations.get(port)?.virtualHosts.find(({ domains }) => domains.includes(host));
}

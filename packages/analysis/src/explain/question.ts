import type { Client } from '@bookinfo/rules';
import { GATEWAY_PORT, parseTarget, type RouteRequest } from '@bookinfo/routing';
import { TOKEN } from '@bookinfo/text';

/** A request that somebody wonders about. */
export interface Question {
  method: string;
  /** `http://reviews:9080/reviews/0?a=b`. */
  url: string;
  /** Names in any case. */
  headers: Readonly<Record<string, string>>;
  /** A workload or an app, after its namespace if that is another one; absent: from outside, through the ingress gateway. */
  from?: string | undefined;
  /** Who is signed in at the page: productpage tells its backends in the header end-user. */
  user?: string | undefined;
}

/** What was asked can't be answered; the message says what would be right. */
export class QuestionError extends Error {}

const METHOD = /^[A-Z][A-Z-]{0,30}$/;

/** The request as the client's proxy would see it. Throws a QuestionError for a method, URL or header that no client could send. */
export function routeRequestOf({ method, url, headers }: Question, client: Client): RouteRequest {
  if (!METHOD.test(method)) throw new QuestionError(`${JSON.stringify(method)} is not a method, like GET`);
  const target = parseTarget(url, undefined);
  if (!target)
    throw new QuestionError(`${JSON.stringify(url)} is not a URL like http://reviews:9080/reviews/0`);
  const { authority, path } = target;
  const named = Object.entries(headers).map(([name, value]) => {
    if (!TOKEN.test(name)) throw new QuestionError(`${JSON.stringify(name)} is not the name of a header`);
    return [name.toLowerCase(), value] as const;
  });
  const { host, ...others } = Object.fromEntries(named);
  return {
    port: client.kind === 'gateway' ? GATEWAY_PORT : target.port,
    method,
    scheme: 'http',
    authority: host ?? authority,
    path,
    headers: others,
  };
}

import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { bookinfo } from '@bookinfo/application';
import type { Answer, WorkloadRequest } from './target.ts';

/** Sends a request to an HTTP proxy, with its whole URL as the target, and returns the response. */
export function requestThrough(
  proxyUrl: string,
  { method = 'GET', url, headers = {} }: WorkloadRequest,
): Promise<Answer> {
  const { hostname, port } = new URL(proxyUrl);
  return answerTo((receive) => request({ hostname, port, method, path: url, headers }, receive));
}

/** Sends a request by a connection of an agent, and returns the response. */
export function requestBy(
  agent: Agent,
  { method = 'GET', url, headers = {} }: WorkloadRequest,
): Promise<Answer> {
  return answerTo((receive) => request(url, { agent, method, headers }, receive));
}

function answerTo(start: (receive: (response: IncomingMessage) => void) => ClientRequest): Promise<Answer> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    start((response) => {
      text(response).then(
        (body) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: headersOf(response),
            body,
            hops: [...bookinfo.hopsOf(response.headers)],
            milliseconds: performance.now() - startedAt,
          }),
        reject,
      );
    })
      .once('error', reject)
      .end();
  });
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const entries = Object.entries(headersDistinct);
  return new Headers(
    entries.flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value])),
  );
}

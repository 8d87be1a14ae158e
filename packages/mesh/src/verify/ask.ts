import { Agent, request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import type { Question } from '@bookinfo/analysis';

/** What came back. */
export interface Seen {
  status: number;
  headers: IncomingHttpHeaders;
  elapsedMs: number;
}

/** Where to ask. `gateway`: the host is told by the Host header alone. */
export interface Entrance {
  kind: 'sidecar' | 'gateway';
  url: string;
}

const TIMEOUT_MS = 60_000;

/**
 * Sends the request through a sidecar as its workload would, or through a gateway as the outside would. Rejects with
 * Node's error when no answer comes.
 */
export function ask(entrance: Entrance, question: Question, agent: Agent): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const options = { ...optionsFor(entrance, question), agent, timeout: TIMEOUT_MS };
    const outgoing = httpRequest(options, (answer) => {
      const { headers, statusCode: status = 0 } = answer;
      answer.resume();
      answer
        .once('error', reject)
        .once('end', () => resolve({ status, headers, elapsedMs: performance.now() - startedAt }));
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    outgoing.once('error', reject).end();
  });
}

function optionsFor({ kind, url }: Entrance, { method, url: wanted, headers }: Question): RequestOptions {
  const { hostname, port } = new URL(url);
  const target = { hostname, port, method };
  if (kind === 'sidecar') return { ...target, path: wanted, headers };
  const [, authority = '', path = ''] = /^http:\/\/([^/?#]*)(.*)$/.exec(wanted) ?? [];
  return { ...target, path, headers: { host: authority, ...headers } };
}

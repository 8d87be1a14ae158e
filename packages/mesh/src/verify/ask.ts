import { Agent, request as httpRequest } from 'node:http';
import type { Question } from '../explain/question.js';

/** What came back. */
export interface Seen {
  status: number;
  /** The header x-bookinfo-path; empty when a proxy answered. */
  path: string;
  elapsedMs: number;
}

const TIMEOUT_MS = 60_000;

/** Sends the request through a sidecar, as its workload would. Rejects with Node's error when no answer comes. */
export function ask(sidecarUrl: string, { method, url, headers }: Question, agent: Agent): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(sidecarUrl);
    const startedAt = performance.now();
    const outgoing = httpRequest(
      { hostname, port, method, path: url, headers, agent, timeout: TIMEOUT_MS },
      (answer) => {
        const { 'x-bookinfo-path': path = '' } = answer.headers;
        answer.resume();
        answer.once('error', reject).once('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            path: String(path),
            elapsedMs: performance.now() - startedAt,
          }),
        );
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    outgoing.once('error', reject).end();
  });
}

import { Agent, request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { ProbeRequest } from '@bookinfo/analysis';
import type { Clock } from '@bookinfo/effects';
import { TunnelAgent } from './tunnel-agent.js';

/** A response, with the times of the request and of the end of its body. */
export interface ObservedResponse {
  status: number;
  headers: IncomingHttpHeaders;
  startedAt: number;
  endedAt: number;
}

/**
 * The proxy that a request is sent to. A gateway gets the host in the Host header, a sidecar in the request target. A tunnel
 * makes the connection of a workload, to which the request is sent as the workload's program would.
 */
export interface EntryPoint {
  kind: 'sidecar' | 'gateway' | 'tunnel';
  url: string;
}

/** Returns an agent for an entry point. Rules are tested, not certificates, so one that is self-signed is taken. */
export function agentFor({ kind, url }: EntryPoint, maxSockets: number): Agent {
  const options = { keepAlive: true, maxSockets };
  if (kind === 'tunnel') return new TunnelAgent(url, options);
  return isHttps(url) ? new HttpsAgent({ ...options, rejectUnauthorized: false }) : new Agent(options);
}

/**
 * Sends the request through the sidecar of its workload, or through the ingress gateway.
 *
 * @throws {Error} Node's error when there is no response, or none in time.
 */
export function sendRequest(
  entryPoint: EntryPoint,
  question: ProbeRequest,
  { agent, clock, timeoutMs }: { agent: Agent; clock: Clock; timeoutMs: number },
): Promise<ObservedResponse> {
  return new Promise((resolve, reject) => {
    const startedAt = clock.now();
    const options = { ...optionsFor(entryPoint, question), agent, timeout: timeoutMs };
    const start = isHttps(entryPoint.url) ? httpsRequest : httpRequest;
    const request = start(options, (response) => {
      const { headers, statusCode: status = 0 } = response;
      response.resume();
      response
        .once('error', reject)
        .once('end', () => resolve({ status, headers, startedAt, endedAt: clock.now() }));
    });
    request.once('timeout', () => request.destroy(new Error(`no response within ${timeoutMs / 1000} s`)));
    request.once('error', reject).end();
  });
}

function optionsFor(
  { kind, url }: EntryPoint,
  { method, url: target, headers }: ProbeRequest,
): RequestOptions {
  const { hostname, port } = new URL(kind === 'tunnel' ? target : url);
  if (kind === 'sidecar') return { hostname, port, method, path: target, headers };
  const [, authority = '', path = ''] = /^https?:\/\/([^/?#]*)(.*)$/.exec(target) ?? [];
  const name = authority.replace(/:\d+$/, '');
  const servername = isHttps(url) && { servername: isIP(name) > 0 ? '' : name };
  return { hostname, port, method, path, headers: { host: authority, ...headers }, ...servername };
}

function isHttps(url: string): boolean {
  return url.startsWith('https:');
}

import { get } from 'node:http';

/** Where a container listens. */
export interface ProbeAddress {
  host: string;
  port: number;
}

/** Resolves whether a GET of the path is answered by a status from 200 to 399 in time, as Kubernetes' httpGet probe. */
export function httpProbe(
  { host, port }: ProbeAddress,
  path: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    // No keep-alive: an idle connection would delay the end of a program that drains.
    get({
      host,
      port,
      path,
      agent: false,
      // In containers it passes the pod's inbound proxy, whose traces are for requests of users.
      headers: { 'x-b3-sampled': '0' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
      .once('response', (response) => {
        const { statusCode = 0 } = response;
        response.destroy();
        resolve(statusCode >= 200 && statusCode < 400);
      })
      .once('error', () => resolve(false));
  });
}

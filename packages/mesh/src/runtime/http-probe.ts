import { get } from 'node:http';
import { LOOPBACK } from '@bookinfo/effects';

/** What Kubernetes' httpGet probe asks: does the path answer with a status from 200 to 399 in time? */
export function httpProbe(
  port: number,
  path: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    // A connection of its own each time: a kept one would hold up a program that ends.
    get({
      host: LOOPBACK,
      port,
      path,
      agent: false,
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

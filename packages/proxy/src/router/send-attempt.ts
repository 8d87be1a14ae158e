import {
  endpointKey,
  HeaderList,
  HostNotFound,
  Overflow,
  PerTryTimeout,
  UpstreamReset,
  type Endpoint,
  type Header,
} from '@bookinfo/routing';
import { sendUpstream } from '../connection-pool/upstream-request.js';
import type { UpstreamResponse } from '../connection-pool/upstream-response.js';
import { perTryTimeoutMs } from '../headers/attempt-headers.js';
import type { AttemptOutcome } from '../load-balancing/host-monitor.js';
import { beginAttempt, recordFailure } from './begin-attempt.js';
import type { RoutedRequest } from './routed-request.js';
import { attemptTimeout, RouteTimeout } from './timeouts.js';

/**
 * Sends the request to one endpoint, with the headers of this attempt beside its own. Returns the beginning of a response,
 * or the reset that ended the attempt.
 *
 * @throws {Error} the reason of the exchange's cancellation, when it is cancelled.
 */
export async function sendAttempt(
  { exchange, forwarding, head, body, context }: RoutedRequest,
  endpoint: Endpoint,
  headers: readonly Header[],
): Promise<UpstreamResponse | UpstreamReset> {
  const { request, upgrade, routeRequest, streamInfo } = exchange;
  const timeout = attemptTimeout(exchange, perTryTimeoutMs(forwarding.action), context.clock);
  streamInfo.upstreamHost = endpointKey(endpoint);
  streamInfo.upstreamLocalAddress = undefined;
  const cluster = context.currentCluster(forwarding.cluster);
  const { attempt, headers: ofTrace } = beginAttempt(cluster.name, endpoint, streamInfo.trace, context);
  streamInfo.attempts.push(attempt);
  const report = (outcome: AttemptOutcome): void =>
    context.outlierDetector.report(cluster, endpoint, outcome);
  try {
    const response = await sendUpstream(
      {
        cluster,
        endpoint,
        method: routeRequest.method,
        path: head.path,
        headers: new HeaderList(head.headers).addAll(headers).addAll(ofTrace),
        ...(body && { body }),
        isChunked: request.headers['transfer-encoding'] !== undefined,
        isUpgrade: upgrade !== undefined,
        onReady: (localAddress) => {
          streamInfo.upstreamLocalAddress = localAddress;
          attempt.isSent = true;
          timeout.start();
        },
      },
      context.connections,
      timeout.signal,
    );
    attempt.status = response.status;
    report(response.status);
    return response;
  } catch (error) {
    recordFailure(attempt, error);
    const outcome = outcomeOf(error);
    if (outcome !== undefined) report(outcome);
    if (error instanceof UpstreamReset) return error;
    throw error;
  } finally {
    attempt.endMs = context.clock.now();
    timeout.stop();
  }
}

/** Returns undefined for errors that reveal nothing about the endpoint: no request was sent, or the client is gone. */
function outcomeOf(error: unknown): AttemptOutcome | undefined {
  if (error instanceof Overflow || error instanceof HostNotFound) return undefined;
  if (error instanceof PerTryTimeout || error instanceof RouteTimeout) return 'timed-out';
  return error instanceof UpstreamReset ? 'failed' : undefined;
}

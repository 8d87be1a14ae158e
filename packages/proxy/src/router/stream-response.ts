import type { UpstreamAnswer } from '../connection-pool/upstream-response.js';
import { UpstreamReset, UPSTREAM_REQUEST_TIMEOUT, flagOfReset } from '@bookinfo/routing';
import type { Exchange } from '../exchange.js';
import { NO_EDITS } from '../headers/response-edits.js';
import { RouteTimeout } from './route-timeout.js';
import type { StreamInfo } from '../stream-info.js';
import { openTunnel } from './tunnel.js';
import { downstreamHeaders } from '../headers/upstream-headers.js';

/** Passes a backend's answer on, with the cookies that the proxy has made. Resolves when the client has it or its connection is gone. */
export function streamAnswer(
  answer: UpstreamAnswer,
  exchange: Exchange,
  serviceTimeMs: number,
  setCookies: readonly string[],
): Promise<void> {
  const { response, streamInfo, edits = NO_EDITS } = exchange;
  if (answer.tunnel) return openTunnel(answer, answer.tunnel, exchange);
  if (response.destroyed) return Promise.resolve();
  streamInfo.responseCodeDetails = 'via_upstream';
  streamInfo.upstreamServiceTimeMs = Math.round(serviceTimeMs);
  const cookies = setCookies.flatMap((cookie) => ['set-cookie', cookie]);
  response.writeHead(answer.status, [...downstreamHeaders(answer, serviceTimeMs, edits), ...cookies]);
  return new Promise((resolve) => {
    response.once('close', resolve).on('drain', () => answer.resume());
    answer.sendTo({
      write: (data) => {
        streamInfo.bytesSent += data.length;
        return response.write(data);
      },
      end: () => response.end(),
      // The status is out: that an answer broke off can only be shown by breaking the connection.
      fail: (error) => {
        explainEnd(streamInfo, error);
        response.destroy();
      },
    });
  });
}

/** Why an answer breaks off, unless its client is gone. */
function explainEnd(streamInfo: StreamInfo, error: Error): void {
  if (error instanceof RouteTimeout) {
    streamInfo.responseFlags.add('UT');
    streamInfo.responseCodeDetails = UPSTREAM_REQUEST_TIMEOUT.details;
  } else if (error instanceof UpstreamReset) {
    streamInfo.responseFlags.add(flagOfReset(error.reason));
    const reason = error.reason.replaceAll(' ', '_');
    streamInfo.responseCodeDetails = `upstream_reset_after_response_started{${reason}}`;
  }
}

import { flagOfReset, UPSTREAM_REQUEST_TIMEOUT, UpstreamReset } from '@bookinfo/routing';
import type { UpstreamResponse } from '../connection-pool/upstream-response.js';
import type { Exchange } from '../exchange.js';
import { downstreamHeaders } from '../headers/downstream-headers.js';
import { NO_EDITS } from '../headers/response-edits.js';
import type { StreamInfo } from '../stream-info.js';
import { RouteTimeout } from './timeouts.js';
import { openTunnel } from './tunnel.js';

/**
 * Streams a backend's response to the client, with the cookies that the proxy has made. Resolves when the client has it or
 * its connection is closed.
 */
export function streamResponse(
  upstream: UpstreamResponse,
  exchange: Exchange,
  serviceTimeMs: number,
  setCookies: readonly string[],
): Promise<void> {
  const { response, streamInfo, edits = NO_EDITS } = exchange;
  if (upstream.tunnel) return openTunnel(upstream, upstream.tunnel, exchange);
  if (response.destroyed) return Promise.resolve();
  streamInfo.responseCodeDetails = 'via_upstream';
  streamInfo.upstreamServiceTimeMs = Math.round(serviceTimeMs);
  const headers = downstreamHeaders(upstream.headers, serviceTimeMs, edits);
  for (const cookie of setCookies) headers.add('set-cookie', cookie);
  response.writeHead(upstream.status, headers.toRaw());
  return new Promise((resolve) => {
    response.on('close', resolve).on('drain', () => upstream.resume());
    upstream.sendTo({
      write: (data) => {
        streamInfo.bytesSent += data.length;
        return response.write(data);
      },
      end: (last) => {
        streamInfo.bytesSent += last?.length ?? 0;
        // Node writes a string together with the headers, in one piece.
        response.end(last?.toString('latin1'), 'latin1');
      },
      // The client already has the status, so only a broken connection can show that the response is incomplete.
      fail: (error) => {
        recordBreak(streamInfo, error);
        response.destroy();
      },
    });
  });
}

/** Records why a response breaks off, unless its client is gone. */
function recordBreak(streamInfo: StreamInfo, error: Error): void {
  if (error instanceof RouteTimeout) {
    streamInfo.responseFlags.add('UT');
    streamInfo.responseCodeDetails = UPSTREAM_REQUEST_TIMEOUT.details;
  } else if (error instanceof UpstreamReset) {
    streamInfo.responseFlags.add(flagOfReset(error.reason));
    const reason = error.reason.replaceAll(' ', '_');
    streamInfo.responseCodeDetails = `upstream_reset_after_response_started{${reason}}`;
  }
}

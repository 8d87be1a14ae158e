import type { Socket } from 'node:net';
import type { UpstreamResponse } from '../connection-pool/upstream-response.js';
import type { Exchange } from '../exchange.js';
import { switchingHeaders } from '../headers/downstream-headers.js';
import { NO_EDITS } from '../headers/response-edits.js';

/**
 * Forwards the response that changes the protocol, then the bytes of both sides, no faster than the other side reads. A
 * side that has ended may still receive. Resolves when both connections are closed.
 */
export async function openTunnel(
  upstream: UpstreamResponse,
  backend: Socket,
  { request, response, streamInfo, edits = NO_EDITS }: Exchange,
): Promise<void> {
  const client = request.socket;
  streamInfo.responseCodeDetails = 'via_upstream';
  response.writeHead(101, switchingHeaders(upstream.headers, edits).toRaw()).end();
  backend.allowHalfOpen = true;
  const closed = Promise.all([closeWith(client, backend), closeWith(backend, client)]);
  client.pipe(backend);
  backend.pipe(client);
  backend.on('data', (data: Buffer) => (streamInfo.bytesSent += data.length));
  await closed;
}

/** Closes the other side when this one is closed, after what was sent to it; at once when this one has failed. */
function closeWith(side: Socket, other: Socket): Promise<void> {
  side.on('error', () => other.destroy());
  return new Promise((resolve) => {
    const onClose = (): void => {
      other.destroySoon();
      resolve();
    };
    if (side.destroyed) onClose();
    else side.once('close', onClose);
  });
}

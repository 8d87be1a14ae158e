import type { Socket } from 'node:net';
import type { UpstreamAnswer } from '../connection-pool/upstream-response.js';
import type { Exchange } from '../exchange.js';
import { NO_EDITS } from '../headers/response-edits.js';
import { switchingHeaders } from '../headers/upstream-headers.js';

/**
 * Passes on the answer that changes the protocol, then the bytes of both sides, no faster than the other side reads.
 * When one side has said all, the other may go on. Resolves when both connections are closed.
 */
export async function openTunnel(
  answer: UpstreamAnswer,
  backend: Socket,
  { request, response, streamInfo, edits = NO_EDITS }: Exchange,
): Promise<void> {
  const client = request.socket;
  streamInfo.responseCodeDetails = 'via_upstream';
  response.writeHead(101, [...switchingHeaders(answer, edits)]).end();
  backend.allowHalfOpen = true;
  const closed = Promise.all([endsWith(client, backend), endsWith(backend, client)]);
  client.pipe(backend);
  backend.pipe(client);
  backend.on('data', (data: Buffer) => (streamInfo.bytesSent += data.length));
  await closed;
}

/** A side that is closed takes the other one with it, which keeps what it has been sent before; one that failed, at once. */
function endsWith(side: Socket, other: Socket): Promise<void> {
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

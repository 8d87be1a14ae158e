import type { UpstreamAnswer } from '../upstream/upstream-answer.js';
import type { Exchange } from './exchange.js';
import { NO_EDITS } from './response-edits.js';
import { downstreamHeaders } from './upstream-headers.js';

/** Passes a backend's answer on. Resolves when the client has it or its connection is gone. */
export function streamAnswer(
  answer: UpstreamAnswer,
  { response, streamInfo, edits = NO_EDITS }: Exchange,
  serviceTimeMs: number,
): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  streamInfo.responseCodeDetails = 'via_upstream';
  response.writeHead(answer.status, [...downstreamHeaders(answer, serviceTimeMs, edits)]);
  return new Promise((resolve) => {
    response.once('close', resolve).on('drain', () => answer.resume());
    answer.sendTo({
      write: (data) => response.write(data),
      end: () => response.end(),
      // The status is out: that an answer broke off can only be shown by breaking the connection.
      fail: () => response.destroy(),
    });
  });
}

import type { UpstreamAnswer } from '../upstream/upstream-answer.js';
import type { Exchange } from './exchange.js';
import { NO_EDITS } from './response-edits.js';
import { downstreamHeaders } from './upstream-headers.js';

/** Passes a backend's answer on, with the cookies that the proxy has made. Resolves when the client has it or its connection is gone. */
export function streamAnswer(
  answer: UpstreamAnswer,
  { response, streamInfo, edits = NO_EDITS }: Exchange,
  serviceTimeMs: number,
  setCookies: readonly string[],
): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  streamInfo.responseCodeDetails = 'via_upstream';
  const cookies = setCookies.flatMap((cookie) => ['set-cookie', cookie]);
  response.writeHead(answer.status, [...downstreamHeaders(answer, serviceTimeMs, edits), ...cookies]);
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

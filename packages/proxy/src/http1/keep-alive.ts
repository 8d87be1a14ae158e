import type { ResponseHead } from './response-head.js';

/** A request that leaves later than this before the backend closes would cross that on its way. */
const MARGIN_MS = 1000;

const TIMEOUT = /(?:^|,)[\t ]*timeout=(\d+)/i;
const CLOSE = /(?:^|,)[\t ]*close[\t ]*(?:,|$)/i;

/** For how long the connection of this answer can take another request: not at all, forever, or as the backend says. */
export function keepAliveMs({ isHttp10, headers }: ResponseHead): number {
  if (isHttp10) return 0;
  let milliseconds = Infinity;
  for (let index = 0; index < headers.length; index += 2) {
    const value = headers[index + 1] ?? '';
    if (headers[index] === 'connection' && CLOSE.test(value)) return 0;
    if (headers[index] === 'keep-alive')
      milliseconds = Number(TIMEOUT.exec(value)?.[1] ?? Infinity) * 1000 - MARGIN_MS;
  }
  return Math.max(0, milliseconds);
}

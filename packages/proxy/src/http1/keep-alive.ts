import type { ResponseHead } from './response-head.js';

/** A request sent later than this before the backend closes could cross the close on its way. */
const MARGIN_MS = 1000;

const TIMEOUT = /(?:^|,)[\t ]*timeout=(\d+)/i;
const CLOSE = /(?:^|,)[\t ]*close[\t ]*(?:,|$)/i;

/**
 * Returns for how many milliseconds the connection of this response can take another request: 0 for not at all, Infinity
 * where the backend names no limit.
 */
export function keepAliveMs({ isHttp10, headers }: ResponseHead): number {
  if (isHttp10 || headers.values('connection').some((value) => CLOSE.test(value))) return 0;
  const seconds = TIMEOUT.exec(headers.values('keep-alive').at(-1) ?? '')?.[1];
  return seconds === undefined ? Infinity : Math.max(0, Number(seconds) * 1000 - MARGIN_MS);
}

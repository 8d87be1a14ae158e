import { TOKEN } from '@bookinfo/text';
import { textLike, value } from './value.js';

/** What both ends of a connection must agree on, and what is of a single try: each proxy writes them itself. */
const WRITTEN_BY_PROXY = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-envoy-attempt-count',
  'x-envoy-expected-rq-timeout-ms',
];

/** Whether a rule can change the header of this name. */
export const isEditableHeader = (name: string): boolean =>
  TOKEN.test(name) && !WRITTEN_BY_PROXY.includes(name.toLowerCase());

/** The name of a header, none of HTTP/2's names with ":". */
export const headerName = textLike(TOKEN, 'the name of a header');

/** The name of a header that a rule can change. */
export const editableHeader = value<string>(
  (input) => typeof input === 'string' && isEditableHeader(input),
  'the name of a header that a rule can change',
);

/**
 * What a rule writes into a header. Envoy leaves out empty ones, and takes what stands between two `%` for a command
 * (`%PROTOCOL%`), of which none is supported.
 */
export const headerValue = textLike(
  /^(?! )(?:[\x20-\x24\x26-\x7e]|%%)+(?<! )$/,
  'a value in visible ASCII that is not empty (write "%" as "%%": commands like %PROTOCOL% are not supported)',
);

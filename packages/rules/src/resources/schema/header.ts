import { COMMAND_PROPERTIES, HEADER_COMMAND, TOKEN } from '@bookinfo/text';
import { textLike, value } from './value.js';

/** Headers of one connection or of one attempt, which each proxy writes itself. */
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

/** Returns true if a rule can change the header of this name. */
export const isEditableHeader = (name: string): boolean =>
  TOKEN.test(name) && !WRITTEN_BY_PROXY.includes(name.toLowerCase());

/** The name of a header; HTTP/2's pseudo-headers, such as `:path`, are none. */
export const headerName = textLike(TOKEN, 'the name of a header');

/** The name of a header that a rule can change. */
export const editableHeader = value<string>(
  (input) => typeof input === 'string' && isEditableHeader(input),
  'the name of a header that a rule can change',
);

const COMMANDS = ['REQ(name)', ...COMMAND_PROPERTIES].map((command) => `%${command}%`).join(', ');
const VALUE = String.raw`(?:[\x20-\x24\x26-\x7e]|%%|${HEADER_COMMAND})`;

/** The value that a rule writes into a header; Envoy accepts more commands than those that are implemented. */
export const headerValue = textLike(
  new RegExp(`^(?:(?! )${VALUE}+(?<! ))?$`),
  `a value in visible ASCII, with "%%" for "%" (commands that are implemented: ${COMMANDS})`,
);

/** The value that an HTTPRoute writes into a header. */
export const headerValueOfHTTPRoute = textLike(
  new RegExp(`^(?! )${VALUE}+(?<! )$`),
  `a value in visible ASCII that is not empty, with "%%" for "%" (commands that are implemented: ${COMMANDS})`,
);

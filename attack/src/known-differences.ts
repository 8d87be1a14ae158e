import type { Compared } from './compared.ts';

/** A difference between the proxies that is meant, or allowed by the RFCs. */
export interface KnownDifference {
  reason: string;
  applies: (compared: Compared) => boolean;
}

const BAD_LINE_END = /(?<!\r)\n|\r(?!\n)|\r\n[\t ]|[\t ]\r\n/;
const REPEATED = /^(.+): .*\r\n\1: /im;

const isError = (status: number | undefined): boolean => status === undefined || status >= 400;
/** The embedded proxy refuses the case before any backend has it, and ends the connection. */
const isRefused = ({ embedded }: Compared): boolean =>
  embedded.statuses.length === 1 &&
  isError(embedded.statuses[0]) &&
  embedded.isClosed &&
  embedded.seen.length === 0;
const isRefusedIn = (groups: readonly string[]) => (compared: Compared) =>
  groups.includes(compared.group) && isRefused(compared);
const isResponse = ({ group }: Compared): boolean => group.includes('response') || group === 'status line';

/** Of several that apply, the first counts. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason:
      'both refuse, with another status or by closing the connection (parsers find different faults first)',
    applies: (compared) =>
      !isResponse(compared) &&
      isRefused(compared) &&
      compared.envoy.seen.length === 0 &&
      isError(compared.envoy.statuses[0]),
  },
  {
    reason:
      'bare CR and LF, folded lines and blanks at the end of the request line are refused (RFC 9112, 2.2, 3 and 5.2)',
    applies: (compared) => !isResponse(compared) && isRefused(compared) && BAD_LINE_END.test(compared.bytes),
  },
  {
    reason: 'a coding must be chunked and nothing else, without a TAB behind it (RFC 9112, 6.1)',
    applies: isRefusedIn(['coding', 'two codings', 'name of a coding']),
  },
  {
    reason: 'chunk sizes, extensions, ends of chunks and trailers are read strictly (RFC 9112, 7.1)',
    applies: isRefusedIn(['chunk size', 'chunks and trailers']),
  },
  {
    reason:
      'an invalid Host, a second one, user information and https are refused (RFC 9112, 3.2; RFC 9110, 4.2.4)',
    applies: isRefusedIn(['Host', 'byte in Host', 'target', 'special header']),
  },
  {
    reason: 'methods that Envoy’s parser lacks are forwarded (RFC 9110, 9.1)',
    applies: ({ group, envoy }) => group === 'method' && envoy.statuses[0] === 400,
  },
  {
    reason: 'an absolute target without a path has the path / (RFC 9112, 3.2.1)',
    applies: ({ group, bytes }) => group === 'target' && /^GET http:\/\/reviews[?#]/.test(bytes),
  },
  {
    reason:
      'the connection closes after an expectation with 100-continue and more, and after an ignored upgrade',
    applies: ({ bytes, embedded, envoy }) =>
      /^(?:Expect|Upgrade): /m.test(bytes) &&
      embedded.statuses.length === 1 &&
      embedded.isClosed &&
      envoy.statuses[0] === embedded.statuses[0] &&
      envoy.seen[0] === embedded.seen[0],
  },
  {
    reason:
      'an empty Upgrade asks for nothing; CONNECT-UDP is another protocol; an upgrade is forwarded without a length',
    applies: ({ group, bytes, embedded }) =>
      group === 'Upgrade' && (/Upgrade: (?:connect-udp)?\r\n/.test(bytes) || embedded.statuses[0] === 101),
  },
  {
    reason: 'TE, Trailer and Proxy-Authorization are of one hop (RFC 9110, 7.6.1 and 11.7.2)',
    applies: ({ bytes, envoy, embedded }) =>
      /^(?:TE|Trailer|Proxy-Authorization): /m.test(bytes) &&
      envoy.statuses.join() === embedded.statuses.join(),
  },
  {
    reason: 'repeated headers stay apart (RFC 9110, 5.3)',
    applies: ({ bytes, envoy, embedded }) =>
      REPEATED.test(bytes) &&
      envoy.statuses.join() === embedded.statuses.join() &&
      envoy.seen.length === embedded.seen.length,
  },
  {
    reason: 'CONNECT is 501',
    applies: ({ bytes, embedded }) => bytes.includes('CONNECT ') && embedded.statuses.at(-1) === 501,
  },
  {
    reason:
      'what a backend’s Connection lists, and Proxy-Authenticate, are of one hop (RFC 9110, 7.6.1 and 11.7.1)',
    applies: ({ bytes, embedded, envoy }) =>
      /^(?:Connection: x-a|Proxy-Authenticate)/m.test(bytes) &&
      embedded.statuses.join() === envoy.statuses.join(),
  },
  {
    reason: 'a 204 ends with its head, whatever length it announces (RFC 9112, 6.3)',
    applies: ({ bytes, embedded }) => bytes.startsWith('HTTP/1.1 204 ') && embedded.statuses[0] === 204,
  },
  {
    reason: 'a response whose body breaks off at once closes the connection without a head, or with one',
    applies: (compared) =>
      isResponse(compared) &&
      compared.embedded.statuses.length === 0 &&
      compared.embedded.seen[0] === 'socket hang up',
  },
  {
    reason: 'a backend’s response that can be read in two ways is 502 (RFC 9112, 6.3 and 11.1)',
    applies: (compared) => isResponse(compared) && compared.embedded.statuses[0] === 502,
  },
];

import { textLike } from './value.js';

/** Pattern of one character of a path, percent-encoded where needed (RFC 3986, 3.3), with `/`. */
export const PATH_CHARACTER = "(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})";

/** A path that is valid in a request line or a Location, optionally with a query. */
export const path = textLike(
  /^\/[\x21-\x7e]*$/,
  'a path that begins with "/" (write other characters than visible ASCII as %XX)',
);

/** The value of a Host header: a host, optionally with a port. */
export const authority = textLike(
  /^(?:\[[0-9a-f:.]+\]|[\w.~%-]+)(?::\d{1,5})?$/i,
  'a host name, optionally with a port, like reviews:9080',
);

/**
 * Changes to the headers of a message: first all of `remove`, then the entries of `add` that replace, then those that append,
 * each in order (Envoy: HeaderParser::evaluateHeaders). Names are lower-case.
 */
export interface HeaderMutations {
  remove: string[];
  add: HeaderValue[];
}

export interface HeaderValue {
  name: string;
  /** With `%%` for `%`, and with commands such as `%REQ(name)%` (see `formatHeaderValue`). Without any value it has no effect. */
  value: string;
  /** False replaces the message's headers of that name. */
  append: boolean;
}

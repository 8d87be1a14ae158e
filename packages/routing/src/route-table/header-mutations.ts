/**
 * Changes to a message's headers: first all of `remove`, then those of `add` that replace, then those that append, each in
 * order (Envoy: HeaderParser::evaluateHeaders). Names are lower-case.
 */
export interface HeaderMutations {
  remove: string[];
  add: HeaderValue[];
}

export interface HeaderValue {
  name: string;
  value: string;
  /** False replaces what the message has of that name. */
  append: boolean;
}

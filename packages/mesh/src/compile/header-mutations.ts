/** Changes to a message's headers: first all of `remove`, then each of `add` in order. Names are lower-case. */
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

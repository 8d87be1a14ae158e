/** What a client gets, and when. */
export interface Answer {
  status: number;
  /** Who answered, in call order, as in x-bookinfo-path: `reviews-v2`, `ratings-v1`; empty when a proxy did. */
  path: readonly string[];
  /** From the request to the answer, as far as rules and time limits cause it; programs themselves take no time. */
  delayMs: number;
  /** How often the client's own program had to ask. */
  tries: number;
}

/** An answer that a proxy makes itself. */
export function localAnswer(status: number, delayMs = 0): Answer {
  return { status, path: [], delayMs, tries: 1 };
}

/** One line for people, which tells answers apart: `200 reviews-v2 ratings-v1 after 7 s, 2 tries`. */
export function answerLabel({ status, path, delayMs, tries }: Answer): string {
  const who = path.length > 0 ? path.join(' ') : 'from the proxy';
  const when = delayMs > 0 ? ` after ${delayMs / 1000} s` : '';
  return `${status} ${who}${when}${tries > 1 ? `, ${tries} tries` : ''}`;
}

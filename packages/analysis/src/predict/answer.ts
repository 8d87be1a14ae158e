/** What a client gets, and when. */
export interface Answer {
  /** 0 where nothing comes: the connection is closed, or the client gave up. */
  status: number;
  /** Who answered, in call order, as in x-bookinfo-path: `reviews-v2`, `ratings-v1`; empty when a proxy did. */
  path: readonly string[];
  /** From the request to the answer, as far as rules and time limits cause it; programs, and waits between tries, take none. */
  delayMs: number;
  /** How often the request was sent to a backend, retries and the asking program's own attempts counted; 1 when a proxy answered. */
  tries: number;
  /** The same of the call further behind that needed most. */
  triesBehind: number;
  /** Of a redirect. */
  location?: string;
  /** The host that answers as it likes: it is outside of the mesh, and nothing declares it. */
  outside?: string;
}

/** An answer that a proxy makes itself. */
export function localAnswer(status: number, delayMs = 0): Answer {
  return { status, path: [], delayMs, tries: 1, triesBehind: 1 };
}

/** One line for people, which tells answers apart: `200 reviews-v2 ratings-v1 after 7 s, 2 tries`. */
export function answerLabel(answer: Answer): string {
  const { delayMs, tries, triesBehind } = answer;
  const when = delayMs > 0 ? ` after ${delayMs / 1000} s` : '';
  const tried = tries > 1 ? `, ${tries} tries` : '';
  return `${outcome(answer)}${when}${tried}${triesBehind > 1 ? `, ${triesBehind} tries behind it` : ''}`;
}

function outcome({ status, path, location, outside }: Answer): string {
  if (outside !== undefined) return `whatever ${outside} answers`;
  if (path.length > 0) return `${status} ${path.join(' ')}`;
  if (status === 0) return 'the connection is closed';
  return `${status} from the proxy${location === undefined ? '' : ` to ${location}`}`;
}

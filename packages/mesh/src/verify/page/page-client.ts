import { readPage, type PageView } from './page-view.js';

const TIMEOUT_MS = 60_000;
/** Bookinfo's page has a few KB; what is longer is something else. */
const MAX_BYTES = 1024 * 1024;

/** A page that was asked for, or why it didn't come. */
export type SeenPage = { view: PageView | undefined; status: number; elapsedMs: number } | { error: string };

/** Looks at one product page, as nobody or as a user. */
export class PageClient {
  readonly #url: URL;
  #cookie = '';

  constructor(url: URL) {
    this.#url = url;
  }

  /** Signs in with the page's own form; tells why that was not possible. */
  async signIn(user: string): Promise<string | undefined> {
    const form = new URLSearchParams({ username: user, passwd: 'any' });
    const url = new URL('/login', this.#url);
    try {
      const answer = await fetch(url, { method: 'POST', body: form, redirect: 'manual', ...limited() });
      await answer.body?.cancel();
      this.#cookie = answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0] ?? '')
        .join('; ');
      return this.#cookie === ''
        ? `signing in as ${user} at ${url.href} gave ${answer.status} and no cookie`
        : undefined;
    } catch (error) {
      return `nobody can sign in at ${url.href}: ${reasonOf(error)}`;
    }
  }

  async view(): Promise<SeenPage> {
    const startedAt = performance.now();
    try {
      const headers = this.#cookie === '' ? {} : { cookie: this.#cookie };
      const answer = await fetch(this.#url, { headers, redirect: 'manual', ...limited() });
      const html = await textOf(answer);
      const elapsedMs = performance.now() - startedAt;
      return { view: answer.status === 200 ? readPage(html) : undefined, status: answer.status, elapsedMs };
    } catch (error) {
      return { error: reasonOf(error) };
    }
  }
}

function limited(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(TIMEOUT_MS) };
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_BYTES) throw new Error('the page has more than 1 MiB');
  }
  return text;
}

/** What is behind fetch's "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

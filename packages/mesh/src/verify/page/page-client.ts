import type { ApplicationPage } from '@bookinfo/analysis';
import type { Clock } from '@bookinfo/effects';

/** Time limit for a form and a control request, in milliseconds. */
const TIMEOUT_MS = 60_000;
/** Limit of a page, in characters: a page has a few KB, and a longer response is something else. */
const MAX_LENGTH = 1_000_000;
/** Control requests of a round: as many as a page is assumed to need services. */
const ROUND = 4;

/** A response to a request for the page, or the reason why there is none. `html` is there only with the status 200. */
export type PageResponse = { startedAt: number; endedAt: number } & (
  { html?: string; status: number } | { error: string }
);

/** A client that opens one page, signed in or not. */
export class PageClient {
  readonly #url: URL;
  readonly #page: ApplicationPage;
  readonly #clock: Clock;
  #cookie = '';

  constructor(url: URL, page: ApplicationPage, clock: Clock) {
    this.#url = url;
    this.#page = page;
    this.#clock = clock;
  }

  /** Signs in with the page's form. Returns the reason when that fails. */
  async signIn(user: string): Promise<string | undefined> {
    const { path, fields } = this.#page.signInForm(user);
    const url = new URL(path, this.#url);
    try {
      const body = new URLSearchParams(fields);
      const response = await fetch(url, { method: 'POST', body, redirect: 'manual', ...limited() });
      await response.body?.cancel();
      this.#cookie = response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0] ?? '')
        .join('; ');
      return this.#cookie === ''
        ? `signing in as ${user} at ${url.href} gave ${response.status} and no cookie`
        : undefined;
    } catch (error) {
      return `signing in at ${url.href} fails: ${reasonOf(error)}`;
    }
  }

  /** Opens the page, or gives up after `timeoutMs`. */
  async open(timeoutMs: number): Promise<PageResponse> {
    const startedAt = this.#clock.now();
    try {
      const headers = this.#cookie === '' ? {} : { cookie: this.#cookie };
      const response = await fetch(this.#url, { headers, redirect: 'manual', ...limited(timeoutMs) });
      const html = await textOf(response);
      const { status } = response;
      return { ...(status === 200 && { html }), status, startedAt, endedAt: this.#clock.now() };
    } catch (error) {
      return { error: reasonOf(error), startedAt, endedAt: this.#clock.now() };
    }
  }

  /** Sends control requests to the program of the page, one after the other. */
  async sendControlRound(): Promise<void> {
    for (let request = 0; request < ROUND; request += 1) {
      const response = await fetch(new URL(this.#page.controlPath, this.#url), {
        redirect: 'manual',
        ...limited(),
      });
      await response.body?.cancel();
    }
  }
}

function limited(timeoutMs = TIMEOUT_MS): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(timeoutMs) };
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_LENGTH) throw new Error('the page has more than a million characters');
  }
  return text;
}

/** Returns the cause behind fetch's "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

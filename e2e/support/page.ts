import { bookinfo } from '@bookinfo/application';
import { target } from './target/index.ts';

/** One view of the product page. */
export interface Page {
  status: number;
  html: string;
  /** The workloads that responded, in call order, such as `productpage-v1`. */
  hops: readonly string[];
  milliseconds: number;
}

/** Requests the product page through the gateway. */
export async function viewPage(headers: Record<string, string> = {}): Promise<Page> {
  const start = performance.now();
  const answer = await fetch(`${target.ingressUrl}/productpage`, { headers });
  const html = await answer.text();
  return { status: answer.status, html, hops: hopsOf(answer), milliseconds: performance.now() - start };
}

/** Returns what the page lacks, or the status in its place with what was said; undefined when it is whole. */
export async function lackOfPage(): Promise<string | undefined> {
  try {
    const { status, html } = await viewPage();
    return status === 200
      ? /\w+ (?:is|are) currently unavailable/.exec(html)?.[0]
      : `status ${status}: ${html}`;
  } catch (error) {
    return String(error);
  }
}

/** Returns the version of reviews that responds to one request of productpage's API, which does not call details. */
export async function reviewsVersion(headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(`${target.ingressUrl}/api/v1/products/0/reviews`, { headers });
  await answer.arrayBuffer();
  const hop = hopsOf(answer).findLast((each) => each.startsWith('reviews-'));
  return hop?.slice('reviews-'.length) ?? `none (status ${answer.status})`;
}

/** Counts the responses of each version of reviews. */
export async function countReviews(requests: number, headers: Record<string, string> = {}) {
  const counts: Record<string, number> = {};
  for (let i = 0; i < requests; i++) {
    const version = await reviewsVersion(headers);
    counts[version] = (counts[version] ?? 0) + 1;
  }
  return counts;
}

function hopsOf({ headers }: Response): readonly string[] {
  return bookinfo.hopsOf(Object.fromEntries(headers));
}

/** Signs in and returns the headers of a request of that user. */
export async function signIn(username: string): Promise<Record<string, string>> {
  const answer = await fetch(`${target.ingressUrl}/login`, {
    method: 'POST',
    body: new URLSearchParams({ username, passwd: 'any' }),
    redirect: 'manual',
  });
  const [cookie] = answer.headers.getSetCookie();
  if (!cookie) throw new Error(`signing in as ${username} set no cookie (status ${answer.status})`);
  return { cookie: cookie.split(';', 1)[0] ?? '' };
}

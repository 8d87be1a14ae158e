import { ingress } from './mesh.js';

/** One view of the product page. */
export interface Page {
  status: number;
  html: string;
  /** The workloads that responded, in call order, such as `productpage-v1`. */
  hops: string[];
  milliseconds: number;
}

/** Requests the product page through the gateway. */
export async function viewPage(headers: Record<string, string> = {}): Promise<Page> {
  const start = performance.now();
  const answer = await fetch(`${ingress}/productpage`, { headers });
  const html = await answer.text();
  return { status: answer.status, html, hops: hopsOf(answer), milliseconds: performance.now() - start };
}

/** Counts the responses of each version of reviews, through productpage's API, which does not call details. */
export async function countReviews(requests: number, headers: Record<string, string> = {}) {
  const counts: Record<string, number> = {};
  for (let i = 0; i < requests; i++) {
    const answer = await fetch(`${ingress}/api/v1/products/0/reviews`, { headers });
    await answer.arrayBuffer();
    const version = reviewsVersion(hopsOf(answer)) ?? 'none';
    counts[version] = (counts[version] ?? 0) + 1;
  }
  return counts;
}

function hopsOf(answer: Response): string[] {
  return (answer.headers.get('x-bookinfo-path') ?? '').split(' ');
}

function reviewsVersion(hops: string[]): string | undefined {
  return hops.findLast((hop) => hop.startsWith('reviews-'))?.slice('reviews-'.length);
}

/** Signs in and returns the headers of a request of that user. */
export async function signIn(username: string): Promise<Record<string, string>> {
  const answer = await fetch(`${ingress}/login`, {
    method: 'POST',
    body: new URLSearchParams({ username, passwd: 'any' }),
    redirect: 'manual',
  });
  const [cookie] = answer.headers.getSetCookie();
  if (!cookie) throw new Error(`signing in as ${username} set no cookie (status ${answer.status})`);
  return { cookie: cookie.split(';', 1)[0] ?? '' };
}

import { answerLabel, localAnswer, type Answer } from '@bookinfo/analysis';

/** What somebody sees of Bookinfo's product page. */
export interface PageView {
  /** Of the reviews, such as `v2`; absent when there are none. */
  version?: string;
  ratings: 'shown' | 'unavailable' | 'none';
  hasDetails: boolean;
}

/** The name of a pod of a Deployment, on a page that says who served its reviews. */
const POD = /\breviews-(v[a-z0-9.-]*?)-[a-z0-9]{5,10}-[a-z0-9]{5}\b/;
/** Upstream's marker of a star, on every page that has any and on no other. */
const STAR = /<[^<>]*glyphicon glyphicon-star[^<>]*>/;
/** Classes of today's page, attributes and styles of those before 2024. */
const COLOUR = /text-(red|black)-\d+|color\s*[=:]\s*["']?(red|black)\b/g;
const VERSION_OF_COLOUR: Readonly<Record<string, string>> = { black: 'v2', red: 'v3' };

/**
 * Reads the page as upstream renders it, and as ours does: the version from the reviews' pod, else from the stars and their
 * colour (none v1, black v2, red v3; bookinfo-contract, 2.4).
 */
export function readPage(html: string): PageView {
  const hasReviews = !/(?:Error fetching product reviews|product reviews are currently unavailable)/.test(
    html,
  );
  const version = hasReviews ? (POD.exec(html)?.[1] ?? versionOfStars(html)) : undefined;
  return {
    ...(version !== undefined && { version }),
    ratings: ratingsOf(html),
    hasDetails: !/(?:Error fetching product details|product details are currently unavailable)/.test(html),
  };
}

function ratingsOf(html: string): PageView['ratings'] {
  if (html.includes('Ratings service is currently unavailable')) return 'unavailable';
  return STAR.test(html) ? 'shown' : 'none';
}

/** The colour stands on the star, or is the last one before it. */
function versionOfStars(html: string): string {
  const star = STAR.exec(html);
  if (!star) return 'v1';
  const [text] = star;
  const colour = [...html.slice(0, star.index).matchAll(COLOUR), ...text.matchAll(COLOUR)].at(-1);
  return VERSION_OF_COLOUR[colour?.[1] ?? colour?.[2] ?? ''] ?? 'of an unknown version';
}

/** What the page shows that such an answer brings; undefined for one that is no page. */
export function viewOf({ status, path }: Answer): PageView | undefined {
  if (status !== 200 || !path[0]?.startsWith('productpage-')) return undefined;
  const reviews = path.findLast((hop) => hop.startsWith('reviews-'));
  const version = reviews?.slice('reviews-'.length);
  const hasRatings = path.some((hop) => hop.startsWith('ratings-'));
  return {
    ...(version !== undefined && { version }),
    ratings: hasRatings ? 'shown' : version === undefined || version === 'v1' ? 'none' : 'unavailable',
    hasDetails: path.some((hop) => hop.startsWith('details-')),
  };
}

/** One line that tells pages apart: `page with reviews v2, ratings unavailable, after 6 s`. */
export function pageLabel(view: PageView | undefined, status: number, delayMs: number): string {
  if (!view) return answerLabel(localAnswer(status, delayMs)).replace('from the proxy', 'and no page');
  const parts = [
    view.version === undefined ? 'page without reviews' : `page with reviews ${view.version}`,
    ...(view.ratings === 'unavailable' ? ['ratings unavailable'] : []),
    ...(view.hasDetails ? [] : ['no details']),
    ...(delayMs > 0 ? [`after ${delayMs / 1000} s`] : []),
  ];
  return parts.join(', ');
}

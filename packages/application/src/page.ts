import type { PredictedResponse, ApplicationPage } from '@bookinfo/analysis';
import {
  END_USER_HEADER,
  FETCH_ERRORS,
  LOGIN_FIELDS,
  PRODUCT_UNAVAILABLE,
  PRODUCTPAGE_PATHS,
  RATINGS_UNAVAILABLE,
  STAR_CLASS,
  STAR_COLORS,
  type BackendName,
} from '@bookinfo/contract';

/** The parts of the product page that depend on which services responded. */
export interface PageView {
  /** Version of reviews, such as `v2`; absent without reviews. */
  version?: string;
  ratings: 'shown' | 'unavailable' | 'none';
  hasDetails: boolean;
}

/** Name of a pod of a Deployment, on a page that names the pod that served its reviews. */
const POD = /\breviews-(v[a-z0-9.-]*?)-[a-z0-9]{5,10}-[a-z0-9]{5}\b/;
const STAR = new RegExp(`<[^<>]*${STAR_CLASS}[^<>]*>`);
/** Classes of today's page, attributes and styles of upstream's pages before 2024. */
const COLOR = new RegExp(
  `text-(${Object.values(STAR_COLORS).join('|')})-\\d+|color\\s*[=:]\\s*["']?(${Object.values(STAR_COLORS).join('|')})\\b`,
  'g',
);

/** The product page: of upstream's images as well as of ours. */
export const page: ApplicationPage = {
  path: PRODUCTPAGE_PATHS.page,
  controlPath: PRODUCTPAGE_PATHS.products,
  userHeader: END_USER_HEADER,
  signInForm: (user) => ({
    path: PRODUCTPAGE_PATHS.login,
    fields: { [LOGIN_FIELDS.userName]: user, [LOGIN_FIELDS.password]: 'any' },
  }),
  describe: (html) => describe(readPage(html)),
  describePredicted: (response) => {
    const view = viewOf(response);
    return view && describe(view);
  },
};

/**
 * Reads the page: the version of reviews from the name of its pod, else from the stars and their colour (docs/bookinfo-contract.md).
 */
export function readPage(html: string): PageView {
  const version = hasPart(html, 'reviews') ? (POD.exec(html)?.[1] ?? versionByStars(html)) : undefined;
  return {
    ...(version !== undefined && { version }),
    ratings: ratingsOn(html),
    hasDetails: hasPart(html, 'details'),
  };
}

function hasPart(html: string, backend: Exclude<BackendName, 'ratings'>): boolean {
  return !html.includes(FETCH_ERRORS[backend]) && !html.includes(PRODUCT_UNAVAILABLE[backend]);
}

function ratingsOn(html: string): PageView['ratings'] {
  if (html.includes(RATINGS_UNAVAILABLE)) return 'unavailable';
  return STAR.test(html) ? 'shown' : 'none';
}

/** The colour is on the star itself, or is the last one before it. */
function versionByStars(html: string): string {
  const star = STAR.exec(html);
  if (!star) return 'v1';
  const [text] = star;
  const [, byClass, byStyle] =
    [...html.slice(0, star.index).matchAll(COLOR), ...text.matchAll(COLOR)].at(-1) ?? [];
  const color = byClass ?? byStyle;
  const [version] = Object.entries(STAR_COLORS).find(([, each]) => each === color) ?? [];
  return version ?? 'of an unknown version';
}

/** Returns what the page shows that a predicted response is; undefined when it is no page. */
export function viewOf({ status, path }: PredictedResponse): PageView | undefined {
  if (status !== 200 || !path[0]?.startsWith('productpage-')) return undefined;
  const version = path.findLast((hop) => hop.startsWith('reviews-'))?.slice('reviews-'.length);
  const hasRatings = path.some((hop) => hop.startsWith('ratings-'));
  const callsRatings = version !== undefined && version !== 'v1';
  return {
    ...(version !== undefined && { version }),
    ratings: hasRatings ? 'shown' : callsRatings ? 'unavailable' : 'none',
    hasDetails: path.some((hop) => hop.startsWith('details-')),
  };
}

/** Returns one line that tells pages apart: `page with reviews v2, ratings unavailable`. */
function describe({ version, ratings, hasDetails }: PageView): string {
  return [
    version === undefined ? 'page without reviews' : `page with reviews ${version}`,
    ...(ratings === 'unavailable' ? ['ratings unavailable'] : []),
    ...(hasDetails ? [] : ['no details']),
  ].join(', ');
}

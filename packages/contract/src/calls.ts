/** Port of every service, and of every Service in the manifests. */
export const SERVICE_PORT = 9080;

/** Services that productpage calls, by the `app` label of their pods. */
export type BackendName = 'details' | 'reviews' | 'ratings';

/** Time limit of each attempt of productpage. Istio's fault injection task relies on 3 s here and 10 s in reviews v2. */
export const PRODUCTPAGE_TIMEOUT_MS = 3000;

/**
 * Limit of productpage's attempts until a backend responds 200. The second one at reviews is upstream's planted bug: it doubles
 * the time that slow reviews cost the page.
 */
export const PRODUCTPAGE_ATTEMPTS: Readonly<Record<BackendName, number>> = {
  details: 1,
  reviews: 2,
  ratings: 1,
};

/** Colour of the stars by version of reviews. v1 has none: it does not call ratings. */
export const STAR_COLORS: Readonly<Record<string, string>> = { v2: 'black', v3: 'red' };

/**
 * Time limit of reviews' call to ratings, by the colour of its stars. Istio's fault injection task shows with a delay
 * of 7 s that black stars wait longer than productpage does.
 */
export const RATINGS_TIMEOUT_MS = { black: 10_000, otherColor: 2500 } as const;

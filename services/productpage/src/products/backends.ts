import { serviceUrl } from '@bookinfo/service-kit';
import type { Settings } from '../settings.js';

export type BackendName = 'details' | 'reviews' | 'ratings';

/** A service that knows something about a product. */
export interface Backend {
  name: BackendName;
  /** Up to the product's id. */
  url: string;
  /** How often it is asked until it answers 200. */
  attempts: number;
}

/** For one attempt. Istio's fault injection exercise counts on 3 s here against 10 s in reviews v2. */
export const TIMEOUT_MS = 3000;

/** The two attempts at reviews are upstream's planted bug: they double the time that a slow one costs the page. */
const ATTEMPTS: Record<BackendName, number> = { details: 1, reviews: 2, ratings: 1 };

/** Where the settings say that each backend is. */
export function backends(settings: Settings): Record<BackendName, Backend> {
  const backend = (name: BackendName, host: string, port: number): Backend => ({
    name,
    url: `${serviceUrl(host, settings.SERVICES_DOMAIN, port)}/${name}/`,
    attempts: ATTEMPTS[name],
  });
  return {
    details: backend('details', settings.DETAILS_HOSTNAME, settings.DETAILS_SERVICE_PORT),
    reviews: backend('reviews', settings.REVIEWS_HOSTNAME, settings.REVIEWS_SERVICE_PORT),
    ratings: backend('ratings', settings.RATINGS_HOSTNAME, settings.RATINGS_SERVICE_PORT),
  };
}

/** What the user is told when a backend gives no usable answer: Istio's documentation looks for this text. */
export function unavailable(name: BackendName): string {
  return `Sorry, product ${name} are currently unavailable for this book.`;
}

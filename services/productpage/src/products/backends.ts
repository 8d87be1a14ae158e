import { BACKEND_PATHS, type BackendName, PRODUCTPAGE_ATTEMPTS } from '@bookinfo/contract';
import { serviceUrl } from '@bookinfo/service-kit';
import type { Settings } from '../settings.js';

/** A service that knows something about a product. */
export interface Backend {
  name: BackendName;
  /** Up to the product's id. */
  url: string;
  /** How often it is asked until it answers 200. */
  attempts: number;
}

/** Where the settings say that each backend is. */
export function backends(settings: Settings): Record<BackendName, Backend> {
  const backend = (name: BackendName, host: string, port: number): Backend => ({
    name,
    url: `${serviceUrl(host, settings.SERVICES_DOMAIN, port)}${BACKEND_PATHS[name]}/`,
    attempts: PRODUCTPAGE_ATTEMPTS[name],
  });
  return {
    details: backend('details', settings.DETAILS_HOSTNAME, settings.DETAILS_SERVICE_PORT),
    reviews: backend('reviews', settings.REVIEWS_HOSTNAME, settings.REVIEWS_SERVICE_PORT),
    ratings: backend('ratings', settings.RATINGS_HOSTNAME, settings.RATINGS_SERVICE_PORT),
  };
}

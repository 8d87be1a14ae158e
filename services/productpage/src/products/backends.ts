import { BACKEND_PATHS, type BackendName, PRODUCTPAGE_ATTEMPTS } from '@bookinfo/contract';
import { serviceUrl } from '@bookinfo/service-kit';
import type { Settings } from '../settings.js';

/** A service with data of products. */
export interface Backend {
  name: BackendName;
  /** The URL up to the product id. */
  url: string;
  /** Limit of attempts until a response has status 200. */
  attempts: number;
}

/** Returns the backends of the settings. */
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

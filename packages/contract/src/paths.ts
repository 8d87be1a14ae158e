/** Path of each backend, up to the product id: `/details/0`. */
export const BACKEND_PATHS = { details: '/details', reviews: '/reviews', ratings: '/ratings' } as const;

/** Paths of productpage. */
export const PRODUCTPAGE_PATHS = {
  index: '/',
  indexFile: '/index.html',
  page: '/productpage',
  login: '/login',
  logout: '/logout',
  /** Followed by the name of a file. */
  static: '/static',
  /** Followed by a product id, and by `/reviews` or `/ratings` for those of the product. */
  products: '/api/v1/products',
} as const;

/** Health of the sample, on every service; a version of ratings fails it on purpose. */
export const HEALTH_PATH = '/health';

/** Probes and metrics of every service, for a kubelet and Prometheus. */
export const LIVENESS_PATH = '/livez';
export const READINESS_PATH = '/readyz';
export const METRICS_PATH = '/metrics';

/** Product ids that the services accept; any other is a 400. */
export const PRODUCT_ID_PATTERN = /^-?\d+$/;

/** The product that the page shows. */
export const PRODUCT_ID = 0;

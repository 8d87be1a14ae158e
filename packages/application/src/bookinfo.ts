import type { Application } from '@bookinfo/analysis';
import { BACKEND_PATHS, PRODUCT_ID, PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { headersFor, hopsOf } from './headers.js';
import { page } from './page.js';
import { programs } from './programs.js';

const PATHS: Readonly<Record<string, string>> = {
  productpage: PRODUCTPAGE_PATHS.page,
  details: `${BACKEND_PATHS.details}/${PRODUCT_ID}`,
  reviews: `${BACKEND_PATHS.reviews}/${PRODUCT_ID}`,
  ratings: `${BACKEND_PATHS.ratings}/${PRODUCT_ID}`,
};

/** Bookinfo: its programs behave as @bookinfo/contract says, which its services import too. */
export const bookinfo: Application = {
  programs,
  gatewayPaths: [
    PRODUCTPAGE_PATHS.page,
    `${PRODUCTPAGE_PATHS.products}/${PRODUCT_ID}`,
    PRODUCTPAGE_PATHS.index,
  ],
  pathsOf: (service) => [PATHS[service] ?? '/'],
  headersFor,
  hopsOf,
  page,
};

import type { BackendName } from './calls.js';

/** Fields of the sign-in form, which is posted to `/login`. */
export const LOGIN_FIELDS = { userName: 'username', password: 'passwd' } as const;

/** Title of every page. */
export const PAGE_TITLE = 'Simple Bookstore App';

/** Class of each filled star, on a page with ratings and on no other. */
export const STAR_CLASS = 'glyphicon glyphicon-star';

/** Heading in place of a part of the page whose backend sent no usable response. */
export const FETCH_ERRORS = {
  details: 'Error fetching product details',
  reviews: 'Error fetching product reviews',
} as const;

/** Error when a backend sent no usable response, on the page and in the API. */
export const PRODUCT_UNAVAILABLE: Readonly<Record<BackendName, string>> = {
  details: 'Sorry, product details are currently unavailable for this book.',
  reviews: 'Sorry, product reviews are currently unavailable for this book.',
  ratings: 'Sorry, product ratings are currently unavailable for this book.',
};

/** Error of reviews in place of each rating when ratings sent no usable response. */
export const RATINGS_UNAVAILABLE = 'Ratings service is currently unavailable';

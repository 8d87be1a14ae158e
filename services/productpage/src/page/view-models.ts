import type { Detail } from './details-panel.js';
import type { Hop } from './hop.js';
import type { ReviewView } from './reviews-panel.js';

/** The data of the layout that every page shares. */
export interface LayoutView {
  /** The signed-in user. */
  user: string | undefined;
}

/** The part of the page that shows a backend's response: its content, or an error message for the user. */
export type Panel<T> = { content: T; error: undefined } | { content: undefined; error: string };

/** The data of the product page. */
export interface ProductpageView extends LayoutView {
  product: { title: string; descriptionHtml: string };
  details: Panel<Detail[]>;
  reviews: Panel<ReviewView[]>;
  /** The services that took part in the response, in call order. */
  hops: Hop[];
  /** The URL of the trace of this request; absent where none is known. */
  traceUrl: string | undefined;
}

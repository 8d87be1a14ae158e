import type { Detail } from './details-panel.js';
import type { Hop } from './hop.js';
import type { ReviewView } from './reviews-panel.js';
import type { LayoutView } from './views.js';

/** What a backend had to say, or what to tell the user instead. */
export type Panel<T> = { content: T; error: undefined } | { content: undefined; error: string };

export interface ProductpageView extends LayoutView {
  product: { title: string; descriptionHtml: string };
  details: Panel<Detail[]>;
  reviews: Panel<ReviewView[]>;
  /** Who answered, in call order. */
  hops: Hop[];
}

export interface PageParts {
  /** The pod that served the reviews; absent on pages older than that line. */
  pod?: string;
  /** The colour of the stars; absent without stars. */
  colour?: string;
  ratingsError?: boolean;
  reviews?: boolean;
  details?: boolean;
}

/** A product page with the markers that upstream's has (docs/bookinfo-contract.md), and nothing else of it. */
export function upstreamPage({
  pod,
  colour,
  ratingsError,
  reviews = true,
  details = true,
}: PageParts): string {
  const star = `<svg id="glyphicon glyphicon-star" class="h-5 w-5 text-${colour}-500"><path d="M0 0"/></svg>`;
  const review = [
    '<blockquote>Some words about the book.</blockquote>',
    ...(colour === undefined ? [] : [`<div>${star.repeat(5)}</div>`]),
    ...(ratingsError ? ['<p><i>Ratings service is currently unavailable</i></p>'] : []),
    ...(pod === undefined ? [] : ['<dt>Reviews served by:</dt>', `    ${pod}`]),
  ];
  return [
    '<!DOCTYPE html><html><head><title>Simple Bookstore App</title></head><body>',
    details ? '<h4>Book Details</h4>' : '<h4 class="text-red-500">Error fetching product details</h4>',
    reviews
      ? ['<h4>Book Reviews</h4>', ...review, ...review].join('\n')
      : '<h4>Error fetching product reviews</h4>\n<p>Sorry, product reviews are currently unavailable for this book.</p>',
    '</body></html>',
  ].join('\n');
}

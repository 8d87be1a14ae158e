import { applyDecorators, Header } from '@nestjs/common';

/** Response headers of every page: it runs no script, loads nothing from other hosts and appears in no frame. */
export const HTML_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  // The page has the name of the user.
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  // Signing in returns to the Referer; other sites must not get it.
  'referrer-policy': 'same-origin',
};

/** Adds the headers of a page to the HTML that a handler returns. */
export const Html = () =>
  applyDecorators(...Object.entries(HTML_HEADERS).map(([name, value]) => Header(name, value)));

import type { FastifyReply } from 'fastify';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  // Who is signed in stands on the page.
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  // Signing in finds its way back by the Referer, which no other site needs to see.
  'referrer-policy': 'same-origin',
};

/** Sends a page that runs no script, loads nothing from elsewhere and shows in nobody's frame. */
export function sendHtml(reply: FastifyReply, html: string): void {
  void reply.headers(HEADERS).send(html);
}

import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

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
export class HtmlInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    context.switchToHttp().getResponse<FastifyReply>().headers(HTML_HEADERS);
    return next.handle();
  }
}

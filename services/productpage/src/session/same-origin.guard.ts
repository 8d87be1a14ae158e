import { type CanActivate, type ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isSameHost } from './is-same-host.js';

/**
 * Refuses requests that a page of another origin has made: it could sign a visitor in under a name of its choice, or out.
 * Browsers say where a request is from in Sec-Fetch-Site, if the page came by TLS or from localhost, and else in the Origin of
 * a POST. Other clients, such as curl, send neither.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const { host, origin, 'sec-fetch-site': site } = headers;
    // "none" is the user's own doing, such as a bookmark.
    const isSame = site ? site === 'same-origin' || site === 'none' : !origin || isSameHost(origin, host);
    if (!isSame) throw new ForbiddenException('requests of pages of other sites are refused');
    return true;
  }
}

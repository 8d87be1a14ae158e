import { END_USER_HEADER } from '@bookinfo/contract';
import fastifyCookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseUserName } from './user-name.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in. */
    user: string | undefined;
  }
}

const COOKIE = 'session';

/**
 * Lets the whole service know who is signed in. The session is the name in a cookie, signed with HMAC-SHA-256: no
 * replica has to remember it, and every replica that has the secret can check it.
 */
export async function addSession(app: NestFastifyApplication, secret: string): Promise<void> {
  await app.register(fastifyCookie, { secret, algorithm: 'sha256' });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.decorateRequest('user');
  fastify.addHook('onRequest', (request, _reply, done) => {
    request.user = readUser(request);
    setEndUser(request);
    done();
  });
}

/** Signs `user` in, until the browser is closed. */
export function startSession(request: FastifyRequest, reply: FastifyReply, user: string): void {
  reply.setCookie(COOKIE, user, { ...attributes(request), signed: true });
}

/** Signs out whoever was signed in. */
export function endSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(COOKIE, attributes(request));
}

function readUser(request: FastifyRequest): string | undefined {
  const cookie = request.cookies[COOKIE];
  const session = cookie === undefined ? undefined : request.unsignCookie(cookie);
  return session?.valid === true ? parseUserName(session.value) : undefined;
}

/**
 * Makes the user's name a header, which route rules can match in every service behind this one. It comes from the
 * session alone: whoever could set it from outside could be anybody (istio/istio#7047).
 */
function setEndUser(request: FastifyRequest): void {
  if (request.user === undefined) delete request.headers[END_USER_HEADER];
  // Node writes a header's characters as single bytes; Envoy compares them with the UTF-8 of a rule.
  else request.headers[END_USER_HEADER] = Buffer.from(request.user, 'utf8').toString('latin1');
}

function attributes(request: FastifyRequest) {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    // We only speak plain HTTP; a gateway that ends TLS in front of us says so, as Envoy does.
    secure: request.headers['x-forwarded-proto'] === 'https',
  } as const;
}

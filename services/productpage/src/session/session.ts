import { END_USER_HEADER } from '@bookinfo/contract';
import fastifyCookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseUserName } from './user-name.pipe.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in user. */
    user: string | undefined;
  }
}

const COOKIE = 'session';
/** Time from signing in to the end of a session, in milliseconds. */
const SESSION_MS = 24 * 60 * 60 * 1000;

/**
 * Sets `request.user` and the end-user header of every request from its session. A session is the user's name and the time
 * of its end in a cookie that is signed with HMAC-SHA-256: replicas store nothing, and all with the same secret accept it.
 * Signing out deletes the cookie in the browser; a copy of it stays valid until that time.
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

/** Signs `user` in until the browser is closed, and for 24 hours at most. */
export function startSession(request: FastifyRequest, reply: FastifyReply, user: string): void {
  reply.setCookie(COOKIE, `${user}.${Date.now() + SESSION_MS}`, { ...attributes(request), signed: true });
}

/** Signs the user out. */
export function endSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(COOKIE, attributes(request));
}

function readUser(request: FastifyRequest): string | undefined {
  const cookie = request.cookies[COOKIE];
  const session = cookie === undefined ? undefined : request.unsignCookie(cookie);
  const [, user, end] = /^([^]*)\.(\d+)$/.exec((session?.valid && session.value) || '') ?? [];
  return user !== undefined && Date.now() < Number(end) ? parseUserName(user) : undefined;
}

/**
 * Sets the header that route rules of the services behind this one match. A value from the client is removed: with it a
 * client could pose as any user (istio/istio#7047).
 */
function setEndUser(request: FastifyRequest): void {
  if (request.user === undefined) delete request.headers[END_USER_HEADER];
  // Node sends each character of a header as one byte; Envoy compares the bytes with the UTF-8 of a rule.
  else request.headers[END_USER_HEADER] = Buffer.from(request.user, 'utf8').toString('latin1');
}

function attributes(request: FastifyRequest) {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    // A gateway that terminates TLS sets this header, as Envoy does; the service itself only has plain HTTP.
    secure: request.headers['x-forwarded-proto'] === 'https',
  } as const;
}

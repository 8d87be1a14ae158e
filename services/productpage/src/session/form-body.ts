import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Parses the body of an HTML form as URLSearchParams; any other kind of body is a 415. */
export function acceptForms(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body as string)),
  );
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Reads an HTML form's body as URLSearchParams, and refuses every other kind of body with a 415. */
export function acceptForms(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body as string)),
  );
}

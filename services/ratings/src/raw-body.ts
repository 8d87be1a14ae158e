import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Passes every body on as bytes: like upstream, ratings reads JSON whatever the Content-Type, so that `curl -d` works. */
export async function acceptRawBodies(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

import type { FastifyInstance } from 'fastify';

/** Answers 413 to a request that announces a longer body, whatever its method: Fastify reads none for GET, and checks none. */
export function refuseLongBodies(fastify: FastifyInstance, longest: number): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (Number(request.headers['content-length'] ?? 0) <= longest) done();
    else void reply.code(413).send({ error: 'Request body is too large' });
  });
}

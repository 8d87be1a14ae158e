import type { FastifyInstance } from 'fastify';

/**
 * Responds 413 to every request that announces a body of more than `maxBytes`, whatever its method: Fastify neither reads
 * nor checks the body of a GET.
 */
export function limitBodies(fastify: FastifyInstance, maxBytes: number): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (Number(request.headers['content-length'] ?? 0) <= maxBytes) done();
    else void reply.code(413).send({ error: 'Request body is too large' });
  });
}

import type { FastifyInstance } from 'fastify';
import findMyWay, { type HTTPMethod } from 'find-my-way';

/**
 * Responds to requests that match no route: 405 with `Allow` when the path has routes for other methods (RFC 9110,
 * 15.5.6), otherwise 404. Call it before any route is added.
 */
export function respondToUnmatchedRoutes(fastify: FastifyInstance): void {
  const paths = findMyWay();
  const methodsByPath = new Map<string, Set<string>>();

  fastify.addHook('onRoute', ({ url, method }) => {
    let methods = methodsByPath.get(url);
    if (!methods) {
      methods = new Set();
      methodsByPath.set(url, methods);
      // Stored under one method, so that a lookup finds the path for every method.
      paths.on('GET' satisfies HTTPMethod, url, () => {}, methods);
    }
    for (const each of [method].flat()) methods.add(each);
  });

  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const methods = paths.find('GET', request.url.split('?', 1)[0] ?? '')?.store as Set<string> | undefined;
    if (!methods) return void reply.code(404).send({ error: 'not found' });
    const allow = [...methods].join(', ');
    return void reply
      .code(405)
      .header('allow', allow)
      .send({ error: `method not allowed; try ${allow}` });
  });
}

import type { FastifyInstance } from 'fastify';
import findMyWay, { type HTTPMethod } from 'find-my-way';

/**
 * Answers requests that meet no route: 405 with `Allow` where the path exists with another method (RFC 9110,
 * 15.5.6), else 404. Call it before any route is added.
 */
export function answerUnmatchedRoutes(fastify: FastifyInstance): void {
  const paths = findMyWay();
  const methodsByPath = new Map<string, Set<string>>();

  fastify.addHook('onRoute', ({ url, method }) => {
    let methods = methodsByPath.get(url);
    if (!methods) {
      methods = new Set();
      methodsByPath.set(url, methods);
      // Filed under one method, so that looking a path up finds it whatever the request's method.
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

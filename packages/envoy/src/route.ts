import type { Route } from '@bookinfo/routing';
import { corsPolicy } from './cors.js';
import { httpFault } from './fault.js';
import { forwardAction } from './forward.js';
import { headerMutations } from './header-mutations.js';
import { CORS_FILTER, FAULT_FILTER } from './http-filters.js';
import { Inexpressible } from './inexpressible.js';
import type { EnvoyMessage } from './message.js';
import { redirectAction } from './redirect.js';
import { routeMatch } from './route-match.js';

/**
 * envoy.config.route.v3.Route. Throws an Inexpressible that names the route.
 *
 * @param port the one that the client called
 */
export function routeMessage(route: Route, port: number): EnvoyMessage {
  try {
    return {
      name: route.name,
      match: routeMatch(route.match),
      ...action(route, port),
      ...headerMutations(route),
      typed_per_filter_config: {
        [FAULT_FILTER]: route.fault && httpFault(route.fault),
        [CORS_FILTER]: route.cors && corsPolicy(route.cors),
      },
    };
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error;
    const { file, line } = route.rule?.origin ?? {};
    const where = route.rule ? `${file}:${line}` : `route "${route.name}"`;
    throw new Inexpressible(`${where}: Envoy has no words for this: ${error.message}`, { cause: error });
  }
}

function action({ action: does }: Route, port: number): EnvoyMessage {
  switch (does.kind) {
    case 'forward':
      return forwardAction(does);
    case 'redirect':
      return { redirect: redirectAction(does, port) };
    case 'direct-response':
      return { direct_response: { status: does.status, body: { inline_string: does.body } } };
  }
}

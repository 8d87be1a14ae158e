import { operationName, type Route } from '@bookinfo/routing';
import { corsPolicy } from './cors.js';
import { httpFault } from './fault.js';
import { forwardAction } from './forward.js';
import { headerMutations } from './header-mutations.js';
import { CORS_FILTER, FAULT_FILTER } from './http-filters.js';
import { UnsupportedByEnvoy } from './unsupported-by-envoy.js';
import type { EnvoyMessage } from './protobuf-json.js';
import { redirectAction } from './redirect.js';
import { routeMatch } from './route-match.js';

/**
 * envoy.config.route.v3.Route.
 *
 * @param port the port that the client called
 * @throws {UnsupportedByEnvoy} when Envoy cannot express the route; the error names the rule.
 */
export function routeMessage(route: Route, port: number): EnvoyMessage {
  const operation = operationName(route, port);
  try {
    return {
      name: route.name,
      match: routeMatch(route.match),
      ...actionFields(route.action, port),
      ...headerMutations(route),
      // The name of the request's span.
      decorator: operation === undefined ? undefined : { operation },
      typed_per_filter_config: {
        [FAULT_FILTER]: route.fault && httpFault(route.fault),
        [CORS_FILTER]: route.cors && corsPolicy(route.cors),
      },
    };
  } catch (error) {
    if (!(error instanceof UnsupportedByEnvoy)) throw error;
    const name = route.rule ? '' : `route "${route.name}": `;
    const message = `${name}Envoy cannot express this: ${error.message}`;
    throw new UnsupportedByEnvoy(message, route.rule, { cause: error });
  }
}

function actionFields(action: Route['action'], port: number): EnvoyMessage {
  switch (action.kind) {
    case 'forward':
      return forwardAction(action);
    case 'redirect':
      return { redirect: redirectAction(action, port) };
    case 'direct-response':
      return { direct_response: { status: action.status, body: { inline_string: action.body } } };
  }
}

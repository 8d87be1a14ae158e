import { sleep } from '@bookinfo/effects';
import {
  asteriskFormReply,
  BAD_TARGET,
  BLOCKED,
  clusterNotFound,
  corsPreflight,
  decide,
  directResponse,
  faultAbort,
  internalError,
  parseTarget,
  PASSTHROUGH,
  redirect,
  ROUTE_NOT_FOUND,
  UPGRADE_FAILED,
  type Decision,
  type Matcher,
} from '@bookinfo/routing';
import { ClientGone, type Downstream, type Exchange } from '../exchange.js';
import { expectsContinue } from '../headers/expect.js';
import { responseEdits } from '../headers/response-edits.js';
import { sendLocalReply } from '../local-reply/send-local-reply.js';
import type { ProxyContext } from '../proxy-context.js';
import { forward } from '../router/forward.js';
import { toOriginalDestination } from '../router/original-destination.js';
import { malformedRequestReply } from './malformed-request.js';
import { openExchange } from './open-exchange.js';

const NO_SETTINGS = {};

/** Responds to one request by the table; never rejects. */
export async function handleRequest(
  downstream: Downstream,
  matcher: Matcher,
  context: ProxyContext,
): Promise<void> {
  const { request, response, headers, upgrade } = downstream;
  const malformed = malformedRequestReply(downstream);
  if (malformed) return sendLocalReply(downstream, malformed);
  if (expectsContinue(headers)) response.writeContinue();
  if (upgrade !== undefined && upgrade.toLowerCase() !== 'websocket')
    return sendLocalReply(downstream, UPGRADE_FAILED);
  const target = parseTarget(request.url ?? '', request.headers.host);
  if (!target) return sendLocalReply(downstream, BAD_TARGET);
  if (target.path === '*') return sendLocalReply(downstream, asteriskFormReply(request.method));
  try {
    const port = context.listenerPort ?? target.port;
    const exchange = openExchange(
      downstream,
      { ...target, port },
      matcher.table.tracing ?? NO_SETTINGS,
      context,
    );
    const decision = decide(matcher, exchange.routeRequest, context.random);
    exchange.edits = responseEdits(decision, exchange.properties);
    const { route } = decision.lookup;
    if (route) exchange.route = route;
    downstream.streamInfo.decision = decision;
    downstream.streamInfo.routeName = routeName(decision);
    await execute(decision, exchange, context);
  } catch (error) {
    if (!(error instanceof ClientGone)) sendLocalReply(downstream, internalError(error));
  }
}

async function execute(decision: Decision, exchange: Exchange, context: ProxyContext): Promise<void> {
  const { streamInfo, routeRequest, cancel } = exchange;
  if (decision.delayMs > 0) {
    streamInfo.responseFlags.add('DI');
    // Envoy's fault filter comes before its router, so the delay is not part of the route's timeout.
    await sleep(context.clock, decision.delayMs, cancel.signal);
  }
  const { outcome } = decision;
  switch (outcome.kind) {
    case 'abort':
      return sendLocalReply(exchange, faultAbort(outcome));
    case 'route-not-found':
      return sendLocalReply(exchange, ROUTE_NOT_FOUND);
    case 'cluster-not-found':
      return sendLocalReply(exchange, clusterNotFound(outcome.status));
    case 'passthrough':
      return await forward(exchange, toOriginalDestination(PASSTHROUGH, routeRequest.authority), context);
    case 'forward':
      return await forward(exchange, toOriginalDestination(outcome, routeRequest.authority), context);
    case 'direct-response':
      return sendLocalReply(exchange, directResponse(outcome));
    case 'redirect':
      return sendLocalReply(exchange, redirect(outcome));
    case 'cors-preflight':
      return sendLocalReply(exchange, corsPreflight(outcome.headers));
    case 'blocked':
      return outcome.hasListener ? sendLocalReply(exchange, BLOCKED) : closeConnection(exchange);
  }
}

/** Returns the route's name for the access log; undeclared hosts have Istio's names for them. */
function routeName({ lookup, outcome }: Decision): string | undefined {
  if (outcome.kind === 'passthrough') return 'allow_any';
  return outcome.kind === 'blocked' ? 'block_all' : lookup.route?.name;
}

/** Where Istio has no HTTP listener, the connection goes to BlackHoleCluster, which has no endpoint. */
function closeConnection({ response, streamInfo }: Exchange): void {
  streamInfo.upstreamCluster = 'BlackHoleCluster';
  streamInfo.responseCodeDetails = 'no_healthy_upstream';
  streamInfo.responseFlags.add('UH');
  response.destroy();
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { sleep } from '../clock/sleep.js';
import { DEFAULT_RETRY_POLICY } from '../compile/default-retry-policy.js';
import type { RouteTable } from '../compile/route-table.js';
import { decide } from '../decide/decide.js';
import type { Decision } from '../decide/decision.js';
import { ClientGone, openExchange, type Exchange } from './exchange.js';
import { forward, type ForwardPolicy } from './forward.js';
import {
  BAD_TARGET,
  CLUSTER_NOT_FOUND,
  faultAbort,
  internalError,
  ROUTE_NOT_FOUND,
  sendLocalReply,
} from './local-reply.js';
import { passthroughCluster } from './passthrough.js';
import type { ProxyContext } from './proxy-context.js';
import { parseTarget } from './target.js';

/** Istio's PassthroughCluster has neither. */
const PASSTHROUGH: ForwardPolicy = { timeoutMs: 0, retryPolicy: { ...DEFAULT_RETRY_POLICY, numRetries: 0 } };

/** The port of Gateway resources that the gateway's listener stands for. */
const GATEWAY_PORT = 80;

/** Answers one request by the table; never throws. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  table: RouteTable,
  context: ProxyContext,
): Promise<void> {
  const target = parseTarget(request.url ?? '', request.headers.host);
  if (!target) {
    sendLocalReply(response, BAD_TARGET);
    return;
  }
  try {
    // A gateway has one listener, whatever port the outside knows it by.
    const port = context.role === 'gateway' ? GATEWAY_PORT : target.port;
    const exchange = openExchange(request, response, { ...target, port });
    const decision = decide(table, exchange.routeRequest, context.random);
    await carryOut(decision, exchange, context);
  } catch (error) {
    if (!(error instanceof ClientGone)) sendLocalReply(response, internalError(error));
  }
}

async function carryOut(decision: Decision, exchange: Exchange, context: ProxyContext): Promise<void> {
  const { response, routeRequest, cancel } = exchange;
  // The fault filter stands before the router: its delay is not part of the route's timeout.
  if (decision.delayMs > 0) await sleep(context.clock, decision.delayMs, cancel.signal);
  const { outcome } = decision;
  switch (outcome.kind) {
    case 'abort':
      return sendLocalReply(response, faultAbort(outcome.httpStatus));
    case 'route-not-found':
      return sendLocalReply(response, ROUTE_NOT_FOUND);
    case 'cluster-not-found':
      return sendLocalReply(response, CLUSTER_NOT_FOUND);
    case 'passthrough':
      return await forward(exchange, passthroughCluster(routeRequest.authority), PASSTHROUGH, context);
    case 'forward':
      return await forward(exchange, outcome.cluster, outcome.action, context);
    case 'direct-response':
      return sendLocalReply(response, { status: outcome.status, body: outcome.body });
    case 'redirect':
    case 'cors-preflight':
    case 'blocked':
      throw new Error(`${outcome.kind} is not carried out yet`);
  }
}

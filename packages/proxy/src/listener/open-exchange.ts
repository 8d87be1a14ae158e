import { TLSSocket } from 'node:tls';
import type { RouteRequest, Target, TracingSettings } from '@bookinfo/routing';
import { ClientGone, type Downstream, type Exchange } from '../exchange.js';
import { INTERNAL_HEADERS } from '../headers/internal-headers.js';
import { joinedHeaders, withoutListed } from '../headers/message-headers.js';
import { ProxiedRequest } from '../headers/proxied-request.js';
import { requestIdentity } from '../headers/request-identity.js';
import { customTags } from '../headers/custom-tags.js';
import { traceContext } from '../headers/trace-context.js';
import type { ProxyContext } from '../proxy-context.js';

/**
 * Begins an exchange, which is cancelled when the client closes its connection before the response is complete.
 *
 * @param settings those of the table
 */
export function openExchange(
  downstream: Downstream,
  target: Target,
  settings: TracingSettings,
  context: ProxyContext,
): Exchange {
  const { request, response, streamInfo } = downstream;
  const cancel = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) cancel.abort(new ClientGone('the client closed its connection'));
  });
  const received = withoutListed(downstream.headers);
  const headers = joinedHeaders(received, INTERNAL_HEADERS[context.role]);
  const { remoteAddress } = request.socket;
  const serverName = request.socket instanceof TLSSocket ? request.socket.servername || '' : undefined;
  const identity = requestIdentity(headers, { remoteAddress, isTls: serverName !== undefined }, context);
  identity.forEach((name, value) => (headers[name] = value));
  const routeRequest: RouteRequest = {
    port: target.port,
    ...(serverName !== undefined && { serverName }),
    method: request.method ?? 'GET',
    scheme: schemeOf(request.url, headers['x-forwarded-proto']),
    authority: target.authority,
    path: target.path,
    headers,
  };
  streamInfo.routeRequest = routeRequest;
  const { tracing } = context;
  if (tracing && !settings.isDisabled) {
    const { randomSamplingPercentage = tracing.sampledShare * 100, customTags: tags } = settings;
    streamInfo.trace = traceContext(headers, randomSamplingPercentage / 100, context.random);
    if (tags && streamInfo.trace.isSampled) streamInfo.customTags = customTags(tags, headers);
  }
  const properties = new ProxiedRequest(request, received, routeRequest, context.role);
  return { ...downstream, headers: received, routeRequest, identity, properties, cancel };
}

/**
 * Returns the scheme that rules see: that of the URL, or for a path the forwarded one (Envoy: conn_manager_utility.cc,
 * mutateRequestHeaders). At a gateway that is the proxy's own.
 */
function schemeOf(target = '', forwarded: string | undefined): RouteRequest['scheme'] {
  return target.startsWith('/') && forwarded === 'https' ? 'https' : 'http';
}

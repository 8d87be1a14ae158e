import { rewritePath, type Forwarding, type ProxyRole } from '@bookinfo/routing';
import { editHeaders, setHeaders, type HeaderList } from './edit-headers.js';
import type { Exchange } from '../exchange.js';
import { framing, upstreamHeaders } from './upstream-headers.js';

/** The path and the headers that the backend gets. */
export interface UpstreamHead {
  path: string;
  headers: HeaderList;
}

/**
 * The request as its route wants the backend to see it: the headers of the destination and then of the route, so that the
 * latter win; then Host and path, whose old values are told (Envoy: RouteEntryImplBase::finalizeRequestHeaders).
 */
export function upstreamHead(
  exchange: Exchange,
  { action, weightedCluster }: Forwarding,
  role: ProxyRole,
): UpstreamHead {
  const { route, routeRequest } = exchange;
  const { path, authority } = routeRequest;
  const host = action.hostRewrite ?? weightedCluster.hostRewrite;
  const edits = [weightedCluster.requestHeaders, route?.requestHeaders].filter((each) => each !== undefined);
  const told = [];
  if (host !== undefined) told.push({ name: 'x-envoy-original-host', value: authority });
  if (action.rewrite) told.push({ name: 'x-envoy-original-path', value: path });
  const headers = setHeaders(editHeaders(upstreamHeaders(exchange, role), edits), told);
  return {
    path: action.rewrite ? rewritePath(action.rewrite, route?.match.path, path) : path,
    headers: ['host', host ?? authority, ...headers, ...framing(exchange)],
  };
}

import { type RouteTable, PASSTHROUGH } from '@bookinfo/routing';
import { forwardAction } from './forward.js';
import type { EnvoyMessage } from './protobuf-json.js';

/** Returns the virtual hosts for all other hosts; without one Envoy responds with 404. */
export function unmatchedVirtualHosts({ unmatchedHost }: RouteTable): EnvoyMessage[] {
  switch (unmatchedHost) {
    case 'passthrough':
      return [virtualHost('allow_any', forwardAction(PASSTHROUGH.action))];
    case 'block':
      // For a port without a listener the embedded proxy closes the connection; no route of Envoy does that.
      return [virtualHost('block_all', { direct_response: { status: 502 } })];
    case 'not-found':
      return [];
  }
}

function virtualHost(name: string, action: EnvoyMessage): EnvoyMessage {
  return {
    name,
    domains: ['*'],
    routes: [{ name, match: { prefix: '/' }, ...action }],
    include_request_attempt_count: true,
  };
}

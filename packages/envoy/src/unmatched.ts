import { type RouteTable, PASSTHROUGH } from '@bookinfo/routing';
import { forwardAction } from './forward.js';
import type { EnvoyMessage } from './message.js';

/** What becomes of all other hosts; where there is no such virtual host Envoy answers 404. */
export function unmatchedVirtualHosts({ unmatchedHost }: RouteTable): EnvoyMessage[] {
  switch (unmatchedHost) {
    case 'passthrough':
      return [virtualHost('allow_any', forwardAction(PASSTHROUGH.action))];
    case 'block':
      // Also for a port without a listener, where the embedded proxy hangs up: no route of Envoy's ends a connection
      // without an answer.
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

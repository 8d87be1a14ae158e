import type { Exchange } from '../exchange.js';
import type { Forwarding } from '@bookinfo/routing';
import type { ProxyContext } from '../proxy-context.js';
import type { RetryBuffer } from './retry-buffer.js';
import type { UpstreamHead } from '../headers/upstream-head.js';

/** A request on its way to a cluster: what all of its tries, and its copies, share. */
export interface RoutedRequest {
  exchange: Exchange;
  forwarding: Forwarding;
  head: UpstreamHead;
  /** Absent when the request has none. */
  body: RetryBuffer | undefined;
  context: ProxyContext;
}

import type { Forwarding } from '@bookinfo/routing';
import type { Exchange } from '../exchange.js';
import type { UpstreamHead } from '../headers/upstream-head.js';
import type { ProxyContext } from '../proxy-context.js';
import type { RetryBuffer } from './retry-buffer.js';

/** A request on its way to a cluster: the parts that its attempts and its mirrors' copies share. */
export interface RoutedRequest {
  exchange: Exchange;
  forwarding: Forwarding;
  head: UpstreamHead;
  /** Absent when the request has none. */
  body: RetryBuffer | undefined;
  context: ProxyContext;
}

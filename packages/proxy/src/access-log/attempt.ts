import type { Endpoint, ResponseFlag, UpstreamReset } from '@bookinfo/routing';

/** One try of a request, or the copy of it for a mirror. */
export interface Attempt {
  cluster: string;
  endpoint: Endpoint;
  /** On the scale of the proxy's clock, in milliseconds; `endMs` is when the response's headers came, or the try ended without. */
  startMs: number;
  endMs: number;
  /** True when the endpoint got the request, or a part of it. */
  isSent: boolean;
  /** Absent when no response began. */
  status?: number;
  /** Why no response began. */
  reset?: UpstreamReset['reason'];
  flag?: ResponseFlag;
  /** The span that the endpoint is to continue; absent where the proxy records no spans. */
  spanId?: string;
}

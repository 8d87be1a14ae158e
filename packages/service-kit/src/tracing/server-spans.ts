import type { IncomingHttpHeaders } from 'node:http';

/** The span of one incoming request. */
export interface ServerSpan {
  /** The headers of the request, whose trace continues below the span. */
  headers: IncomingHttpHeaders;
  /** Ends the span; `route` is the path's pattern, such as `/details/:id`. */
  end(route: string, status: number): void;
}

/** Records a span for each incoming request. */
export interface ServerSpans {
  begin(method: string, path: string, headers: IncomingHttpHeaders): ServerSpan;
  /** Sends the spans that wait. */
  close(): Promise<void>;
}

/** A span, in the form of Zipkin's JSON (version 2). */
export interface Span {
  traceId: string;
  id: string;
  parentId?: string;
  /** Absent for a part of what a proxy does, such as one try. */
  kind?: 'CLIENT' | 'SERVER';
  name: string;
  /** Microseconds since 1970. */
  timestamp: number;
  /** Microseconds, at least 1. */
  duration: number;
  localEndpoint: { serviceName: string };
  annotations: { timestamp: number; value: string }[];
  tags: Record<string, string>;
  /** True when the client's span has the same id. */
  shared?: true;
}

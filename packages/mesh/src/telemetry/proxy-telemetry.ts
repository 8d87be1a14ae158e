import type { AccessLogEntry, MirroredRequest, Tracing } from '@bookinfo/proxy';
import type { SpanReporting } from './span-reporting.js';

/** What a proxy reports to. */
export interface ProxyTelemetry {
  /** How a proxy in a process of its own reports spans; absent without a Zipkin. */
  reporting?: SpanReporting;
  tracing: Tracing;
  onRequest: (entry: AccessLogEntry) => void;
  /** Receives the access log of an Envoy, in Istio's default format. */
  onAccessLine: (line: string) => void;
  onMirrored: (copy: MirroredRequest) => void;
}

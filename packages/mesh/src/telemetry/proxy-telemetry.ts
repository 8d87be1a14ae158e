import type { AccessLogEntry, MirroredRequest, Tracing } from '@bookinfo/proxy';

/** What a proxy reports to. */
export interface ProxyTelemetry {
  tracing: Tracing;
  onRequest: (entry: AccessLogEntry) => void;
  onMirrored: (copy: MirroredRequest) => void;
}

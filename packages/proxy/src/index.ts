export { formatAccessLog, type AccessLogEntry } from './access-log/access-log-entry.js';
export type { Attempt } from './access-log/attempt.js';
export type { ClusterState } from './cluster-state.js';
export type { MirroredRequest } from './access-log/mirrored-request.js';
export { newSpanId, type TraceContext } from './headers/trace-context.js';
export { Proxy, type ProxyOptions } from './listener/proxy.js';
export type { Tracing } from './tracing.js';
export { LoadBalancer } from './load-balancing/load-balancer.js';
export { grpcMessage, isGrpc } from './local-reply/grpc-status.js';

export type { AccessLogEntry } from './access-log/access-log-entry.js';
export { AccessLogWriter } from './access-log/access-log-writer.js';
export { grpcMessage, isGrpc } from './grpc-status.js';
export { LoadBalancer } from './load-balancer.js';
export { Proxy } from './proxy.js';

export { formatAccessLog, type AccessLogEntry } from './access-log/access-log-entry.js';
export { Proxy } from './listener/proxy.js';
export { LoadBalancer } from './load-balancing/load-balancer.js';
export { grpcMessage, isGrpc } from './local-reply/grpc-status.js';

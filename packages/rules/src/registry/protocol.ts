/** Protocols that HTTP rules apply to, as prefixes of port names and values of `appProtocol`. */
const HTTP = ['http', 'http2', 'grpc', 'grpc-web', 'kubernetes.io/h2c', 'kubernetes.io/ws'];
const OTHERS = ['https', 'tls', 'tcp', 'udp', 'mongo', 'mysql', 'redis', 'kubernetes.io/wss'];

/**
 * Returns true if the protocol of a Service's port is HTTP, by its `appProtocol`, else by its name (`http`, `http-web`,
 * `mongo`). Istio detects the protocol of other ports; here it is HTTP (istio/istio pkg/config/kube/conversion.go).
 */
export function isHttpPort({
  name = '',
  appProtocol,
}: {
  name?: string | undefined;
  appProtocol?: string | undefined;
}): boolean {
  const protocol = appProtocol?.toLowerCase();
  if (protocol !== undefined && [...HTTP, ...OTHERS].includes(protocol)) return HTTP.includes(protocol);
  return !OTHERS.includes(name.split('-')[0] ?? '');
}

/** Protocols that HTTP rules apply to, as Istio writes them at the start of a port's name and in `appProtocol`. */
const HTTP = ['http', 'http2', 'grpc', 'grpc-web', 'kubernetes.io/h2c', 'kubernetes.io/ws'];
const OTHERS = ['https', 'tls', 'tcp', 'udp', 'mongo', 'mysql', 'redis', 'kubernetes.io/wss'];

/**
 * Whether a Service's port speaks HTTP: by its `appProtocol`, else by its name (`http`, `http-web`, `mongo`). A proxy
 * finds out by itself when neither says so, and here that means HTTP (istio/istio pkg/config/kube/conversion.go).
 */
export function isHttpPort({
  name = '',
  appProtocol,
}: {
  name?: string | undefined;
  appProtocol?: string | undefined;
}): boolean {
  const said = appProtocol?.toLowerCase();
  if (said !== undefined && [...HTTP, ...OTHERS].includes(said)) return HTTP.includes(said);
  return !OTHERS.includes(name.split('-')[0] ?? '');
}

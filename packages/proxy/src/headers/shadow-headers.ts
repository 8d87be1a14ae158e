import { HeaderList } from '@bookinfo/routing';

/** A host and a port. Envoy takes any other text as a host. */
const HOST_AND_PORT = /^([^:]+):([^:]+)$/;

/**
 * Returns the headers of a mirror's copy, from those that the backend gets (Envoy: FilterUtility and
 * AsyncStreamImpl::sendHeaders). `client` is appended to x-forwarded-for.
 */
export function shadowHeaders(headers: HeaderList, shadowHostSuffix: boolean, client: string): HeaderList {
  const shadow = new HeaderList([
    ['x-envoy-attempt-count', '1'],
    ['x-envoy-internal', 'true'],
  ]);
  let forwardedFor = client;
  headers.forEach((name, value) => {
    if (name === 'x-forwarded-for') forwardedFor = `${value},${client}`;
    else shadow.add(name, name === 'host' && shadowHostSuffix ? shadowHost(value) : value);
  });
  return shadow.add('x-forwarded-for', forwardedFor);
}

function shadowHost(authority: string): string {
  const [, host, port] = HOST_AND_PORT.exec(authority) ?? [];
  return host === undefined ? `${authority}-shadow` : `${host}-shadow:${port}`;
}

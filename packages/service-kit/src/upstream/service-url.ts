/**
 * Where a service of the mesh is, as `http://ratings:9080`, without a slash at the end.
 *
 * @param domain appended to the host's name, for a peer in another domain; empty: none
 */
export function serviceUrl(hostname: string, domain: string, port: number): string {
  return `http://${domain === '' ? hostname : `${hostname}.${domain}`}:${port}`;
}

/**
 * Returns the base URL of a service, as `http://ratings:9080`, without a trailing slash.
 *
 * @param domain appended to the host name; empty: none
 */
export function serviceUrl(hostname: string, domain: string, port: number): string {
  return `http://${domain === '' ? hostname : `${hostname}.${domain}`}:${port}`;
}

/** The ports that a URL or a Host header may leave out, by scheme. */
export const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** The port of the route configuration that holds all routes of the ingress gateway, which has one listener. */
export const GATEWAY_PORT = 80;

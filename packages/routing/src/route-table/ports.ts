/** The ports that a URL or a Host header may leave out, by scheme. */
export const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** The address that pods, sidecars and the admin endpoint listen on, which other machines cannot reach. */
export const LOOPBACK = '127.0.0.1';

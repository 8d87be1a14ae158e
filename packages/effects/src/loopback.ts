/** Where pods, their sidecars and the admin endpoint listen: nowhere that another machine can reach. */
export const LOOPBACK = '127.0.0.1';

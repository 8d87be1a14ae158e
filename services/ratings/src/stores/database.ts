/** A database with upstream's ratings. */
export interface Database {
  /** Reads the first two ratings; the values are not checked. */
  firstTwo: () => Promise<unknown[]>;
  close: () => Promise<void>;
}

/** Timeout of the drivers, so that connections to an unresponsive database don't pile up. */
export const DRIVER_TIMEOUT_MS = 1500;

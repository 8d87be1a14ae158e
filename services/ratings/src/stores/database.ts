/** A database with upstream's two ratings. */
export interface Database {
  /** The first two ratings, whatever is in their place. */
  firstTwo: () => Promise<unknown[]>;
  close: () => Promise<void>;
}

/** Given up on by the driver after this, so that connections which lead nowhere don't pile up. */
export const DRIVER_TIMEOUT_MS = 1500;

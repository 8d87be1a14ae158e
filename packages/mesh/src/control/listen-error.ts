import { LOOPBACK } from '@bookinfo/effects';

/** The ports that a mesh listens on. */
export type PortPurpose = 'gateway' | 'admin' | 'telemetry';

/** Thrown when a port cannot be listened on; `cause` is Node's error. */
export class ListenError extends Error {
  constructor(
    readonly purpose: PortPurpose,
    readonly port: number,
    cause: NodeJS.ErrnoException,
  ) {
    const reason =
      cause.code === 'EADDRINUSE' ? 'is in use by another program' : `can't be used: ${cause.message}`;
    super(`Port ${port} on ${LOOPBACK}, wanted for the ${purpose}, ${reason}.`, { cause });
  }

  get isInUse(): boolean {
    return (this.cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
  }
}

/**
 * Starts a listener.
 * @throws {ListenError} when Node cannot listen on the port.
 */
export async function listenOrExplain<Listener>(
  purpose: PortPurpose,
  port: number,
  start: () => Promise<Listener>,
): Promise<Listener> {
  try {
    return await start();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== 'listen') throw error;
    throw new ListenError(purpose, port, error as NodeJS.ErrnoException);
  }
}

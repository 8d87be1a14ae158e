import { connect } from 'node:net';
import { LOOPBACK } from '@bookinfo/effects';

/** What a client received on one connection. */
export interface Received {
  /** In Latin-1. */
  text: string;
  /** False when the proxy left the connection open, without another byte, until the time limit. */
  isClosed: boolean;
}

/** Writes the bytes on a new connection and collects what comes until it is closed, or until `quietMs` pass without a byte. */
export function exchange(port: number, bytes: string, quietMs: number): Promise<Received> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, LOOPBACK, () => socket.write(bytes, 'latin1'));
    const end = (isClosed: boolean): void => {
      resolve({ text, isClosed });
      socket.destroy();
    };
    socket
      .setEncoding('latin1')
      .setTimeout(quietMs, () => end(false))
      .on('data', (data: string) => (text += data))
      .on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED')
          reject(new Error(`the proxy at port ${port} has ended`, { cause: error }));
      })
      .on('close', () => end(true));
  });
}

/** Returns the statuses of the responses in a text, those of interim responses included. */
export function statusesOf(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Sends bytes that an HTTP client would change or refuse; returns everything received until the connection ends. */
export async function sendRaw(url: string, bytes: string | Buffer): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

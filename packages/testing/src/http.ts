import {
  Agent,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as secureRequest, Agent as SecureAgent } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** A response that was read to its end. */
export interface HttpResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request; by default GET http://reviews:9080/ as an HTTP_PROXY client sends it. */
export interface HttpRequest extends RequestOptions {
  body?: string | Buffer;
  /** The absolute URL that an HTTP_PROXY client puts into the request line. */
  url?: string;
  /** For HTTPS: the name that is asked for in the handshake, empty for none, and the certificate that is expected. */
  tls?: { servername: string; ca: string };
}

/** Sends one request on a new connection, or on one of `agent`'s, and reads the response to its end. */
export async function ask(port: number, question: HttpRequest = {}): Promise<HttpResponse> {
  const response = await open(port, question);
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}

/** Sends one request, and resolves when the response's headers have arrived. */
export function open(
  port: number,
  { body, url, tls, ...options }: HttpRequest = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const path = url ?? 'http://reviews:9080/';
    const common = { host: '127.0.0.1', port, path, ...options };
    const sent = tls
      ? // A certificate for another name shows which one was chosen.
        secureRequest({ agent: new SecureAgent(), ...common, ...tls, checkServerIdentity: () => undefined })
      : request({ agent: new Agent(), ...common });
    sent.once('response', resolve).once('error', reject).end(body);
  });
}

/**
 * Writes the bytes on a bare connection and resolves with all data until it is closed. `send` of `next` is written as soon
 * as the data contains its `after`.
 */
export function askRaw(port: number, bytes: string, next?: { after: string; send: string }): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    let rest = next;
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket
      .setEncoding('latin1')
      .on('data', (chunk: string) => {
        answer += chunk;
        if (!rest || !answer.includes(rest.after)) return;
        socket.write(rest.send, 'latin1');
        rest = undefined;
      })
      .on('error', () => undefined)
      .on('close', () => resolve(answer));
  });
}

import type { IncomingMessage } from 'node:http';
import { receivedSpans, type Span } from '@bookinfo/telemetry';
import type { TelemetryRoute } from './telemetry-server.js';

/** Limit of a body; Envoy sends five spans at once, or what has come in five seconds. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Returns the route of Zipkin's collector, to which proxies in other processes report. */
export function collectorRoute(onSpans: (spans: readonly Span[]) => void): TelemetryRoute {
  return {
    method: 'POST',
    path: '/api/v2/spans',
    async handle(request, response) {
      // A page of another site can send text, but for JSON its browser asks first, and gets no permission.
      if (request.headers['content-type'] !== 'application/json') {
        response.writeHead(415).end('the body must be application/json\n');
        return;
      }
      const body = await bodyOf(request);
      if (body === undefined) {
        response.writeHead(413, { connection: 'close' }).end(`more than ${MAX_BODY_BYTES} bytes\n`);
        return;
      }
      try {
        onSpans(receivedSpans(body));
        response.writeHead(202).end();
      } catch (error) {
        response.writeHead(400).end(`${(error as Error).message}\n`);
      }
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

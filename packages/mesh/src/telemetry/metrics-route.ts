import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { METRICS_MEDIA_TYPE } from '@bookinfo/telemetry';
import type { TelemetryRoute } from './telemetry-server.js';

/** So many scrapes go on at once; others are refused. */
const MAX_SCRAPES = 2;
/** Text that is written before traffic has its turn: less than a millisecond. */
const TURN_LENGTH = 64 * 1024;

/** Returns the route of Envoy's name for metrics in Prometheus' text format. */
export function metricsRoute(text: () => AsyncIterable<string>): TelemetryRoute {
  let scrapes = 0;
  return {
    method: 'GET',
    path: '/stats/prometheus',
    async handle(_, response) {
      if (scrapes >= MAX_SCRAPES) {
        response.writeHead(503).end('other scrapes are not finished\n');
        return;
      }
      scrapes += 1;
      try {
        response.setHeader('content-type', METRICS_MEDIA_TYPE);
        await pipeline(Readable.from(inTurns(text())), response);
      } finally {
        scrapes -= 1;
      }
    },
  };
}

async function* inTurns(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let turn = '';
  for await (const piece of pieces) {
    turn += piece;
    if (turn.length < TURN_LENGTH) continue;
    yield turn;
    turn = '';
    await nextTurn();
  }
  yield turn;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Readiness } from '../health/readiness.js';
import { OpenConnections } from '../server/open-connections.js';

/** How long ending may take, in milliseconds. */
export interface DrainLimits {
  /** Readiness fails for this long while the port still answers, so that whoever watches sees it. */
  noticeMs: number;
  /** Requests unfinished this long after the notice are cut. */
  longestMs: number;
}

/** Together below the 30 s that Kubernetes waits before it kills. */
const DEFAULT_LIMITS: DrainLimits = { noticeMs: 500, longestMs: 23_500 };

const SWEEP_MS = 50;

/**
 * Ends a service without losing a request: readiness fails, what is in flight is answered, kept-alive connections
 * are closed as they fall idle.
 *
 * @returns how many connections were cut because their request did not finish in time
 */
export async function drain(app: NestFastifyApplication, limits = DEFAULT_LIMITS): Promise<number> {
  app.get(Readiness).drain();
  await sleep(limits.noticeMs);
  const server = app.getHttpServer();
  const connections = app.get(OpenConnections);
  // Closing looks for idle connections once; one whose answer had already begun falls idle later.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    connections.closeSilent();
  }, SWEEP_MS);
  let cut = 0;
  const limit = setTimeout(() => {
    cut = connections.count;
    server.closeAllConnections();
  }, limits.longestMs);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(limit);
  }
  return cut;
}

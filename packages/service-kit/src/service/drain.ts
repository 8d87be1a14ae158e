import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Readiness } from '../health/readiness.provider.js';
import { OpenConnections } from '../server/open-connections.provider.js';

/** Limits of a drain, in milliseconds. */
export interface DrainLimits {
  /** Time for which readiness fails while the port still accepts connections, so that probes can see it. */
  noticeMs: number;
  /** Time after the notice in which requests can finish; then their connections are closed. */
  maxMs: number;
}

/** Together below the 30 s of Kubernetes' terminationGracePeriodSeconds. */
const DEFAULT_LIMITS: DrainLimits = { noticeMs: 500, maxMs: 23_500 };

const SWEEP_MS = 50;

/**
 * Ends a service without losing a request: readiness fails, requests in flight finish, and kept-alive connections are
 * closed when they become idle.
 *
 * @returns the number of connections that were closed before their request had finished
 */
export async function drain(app: NestFastifyApplication, limits = DEFAULT_LIMITS): Promise<number> {
  app.get(Readiness).drain();
  await sleep(limits.noticeMs);
  const server = app.getHttpServer();
  const connections = app.get(OpenConnections);
  // app.close() closes idle connections once; a connection whose response is being sent becomes idle later.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    connections.closeSilent();
  }, SWEEP_MS);
  let cut = 0;
  const limit = setTimeout(() => {
    cut = connections.count;
    server.closeAllConnections();
  }, limits.maxMs);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(limit);
  }
  return cut;
}

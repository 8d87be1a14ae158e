import { Agent } from 'node:http';
import { ask } from '@bookinfo/testing';

/** A response that takes longer is lost. */
const MAX_RESPONSE_MS = 10_000;
const PARTLY = /\w+ (?:is|are) currently unavailable/;

/** What a client got for one request. */
export interface Outcome {
  /** Partial: a page that lacks details, reviews or ratings. Lost: another status than 2xx or 3xx, a reset, or none in time. */
  kind: 'good' | 'partial' | 'lost';
  /** What a lost or partial response was. */
  detail: string;
  sentAt: number;
  milliseconds: number;
}

/** Sends one request through the gateway. */
export async function request(
  port: number,
  options: { agent: Agent; url: string } & Parameters<typeof ask>[1],
): Promise<Outcome> {
  const sentAt = performance.now();
  const { kind, detail } = await ask(port, { signal: AbortSignal.timeout(MAX_RESPONSE_MS), ...options }).then(
    ({ status, body }) => {
      if (status < 200 || status > 399) return { kind: 'lost' as const, detail: String(status) };
      const part = PARTLY.exec(body)?.[0];
      return part ? { kind: 'partial' as const, detail: part } : { kind: 'good' as const, detail: '' };
    },
    (error: NodeJS.ErrnoException) => ({ kind: 'lost' as const, detail: error.code ?? error.name }),
  );
  return { kind, detail, sentAt, milliseconds: performance.now() - sentAt };
}

/** Requests the page over pooled connections. */
export function requestPage(port: number, agent: Agent): Promise<Outcome> {
  return request(port, { agent, url: '/productpage' });
}

/** Requests pages at a steady rate while `action` runs, and returns all outcomes. */
export async function underLoad(
  port: number,
  perSecond: number,
  action: () => Promise<void>,
): Promise<Outcome[]> {
  const agent = new Agent({ keepAlive: true });
  const outcomes: Promise<Outcome>[] = [];
  const timer = setInterval(() => outcomes.push(requestPage(port, agent)), 1000 / perSecond);
  try {
    await action();
  } finally {
    clearInterval(timer);
    // Also when the action fails: no request outlives the mesh.
    await Promise.all(outcomes);
    agent.destroy();
  }
  return await Promise.all(outcomes);
}

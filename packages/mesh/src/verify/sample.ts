import { Agent } from 'node:http';
import { localAnswer, type Application } from '@bookinfo/analysis';
import type { Observation } from '@bookinfo/verdict';
import { ask, type Entrance, type Seen } from './ask.js';
import { delayOf } from './delay-of.js';
import { headersAmiss } from './header-edits.js';
import { visibleLabel, type PlannedClaim } from './planned-claim.js';

/** At once: more of those that are mostly waited for, fewer of those that would only wait for each other. */
const CONCURRENCY = { delayed: 64, immediate: 8 };

type Test = NonNullable<PlannedClaim['test']>;

/** Sends the request so many times through the entrance and counts the answers by outcome. */
export async function sample(
  entrance: Entrance,
  test: Test,
  requests: number,
  application: Application,
): Promise<Observation> {
  const isDelayed = test.answers.some(({ value }) => value.delayMs > 0);
  const atOnce = Math.min(requests, isDelayed ? CONCURRENCY.delayed : CONCURRENCY.immediate);
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const known = new Set(test.answers.map(({ value }) => visibleLabel(value)));
  const counts = new Map<string, number>();
  let firstUnpredicted: string | undefined;
  let left = requests;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const label = await seenLabel(ask(entrance, test.question, agent), test, application);
      counts.set(label, (counts.get(label) ?? 0) + 1);
      if (!known.has(label)) firstUnpredicted ??= label;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  agent.destroy();
  return { kind: 'sampled', counts, ...(firstUnpredicted !== undefined && { firstUnpredicted }) };
}

async function seenLabel(
  seen: Promise<Seen>,
  { answers, responseHeaders }: Test,
  application: Application,
): Promise<string> {
  try {
    const { status, headers, elapsedMs } = await seen;
    const { location } = headers;
    const path = application.hopsOf(headers);
    const isRedirect = path.length === 0 && location !== undefined;
    const delayMs = delayOf(
      elapsedMs,
      answers.map(({ value }) => value.delayMs),
    );
    const answer = { ...localAnswer(status, delayMs), path, ...(isRedirect && { location }) };
    // What a fault or the router answers by itself is not edited; a redirect is.
    const amiss =
      responseHeaders && (path.length > 0 || isRedirect) ? headersAmiss(headers, responseHeaders) : undefined;
    return visibleLabel(answer) + (amiss === undefined ? '' : `, ${amiss}`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ECONNRESET' ? visibleLabel(localAnswer(0)) : `no answer: ${message}`;
  }
}

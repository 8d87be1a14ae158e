import { Agent } from 'node:http';
import type { Question } from '../explain/question.js';
import type { Answer } from '../predict/answer.js';
import type { Distribution } from '../predict/distribution.js';
import type { Observation } from '../verdict/claim.js';
import { ask, type Seen } from './ask.js';
import { visibleLabel } from './planned-claim.js';

const CONCURRENCY = 64;
/** How much later than predicted an answer may come: whole seconds are what faults and time limits are made of. */
const LATENESS_MS = 900;

/** Sends the request so many times through the sidecar and counts the answers by outcome. */
export async function sample(
  sidecarUrl: string,
  question: Question,
  requests: number,
  predicted: Distribution<Answer>,
): Promise<Observation> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const known = new Set(predicted.map(({ value }) => visibleLabel(value)));
  const counts = new Map<string, number>();
  let firstUnpredicted: string | undefined;
  let left = requests;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const label = await seenLabel(ask(sidecarUrl, question, agent), predicted);
      counts.set(label, (counts.get(label) ?? 0) + 1);
      if (!known.has(label)) firstUnpredicted ??= label;
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, requests) }, work));
  agent.destroy();
  return { kind: 'sampled', counts, ...(firstUnpredicted !== undefined && { firstUnpredicted }) };
}

async function seenLabel(answer: Promise<Seen>, predicted: Distribution<Answer>): Promise<string> {
  try {
    const { status, path, elapsedMs } = await answer;
    const names = path === '' ? [] : path.split(' ');
    return visibleLabel({
      status,
      path: names,
      delayMs: delayOf(elapsedMs, predicted),
      tries: 1,
      triesBehind: 1,
    });
  } catch (error) {
    return `no answer: ${(error as Error).message}`;
  }
}

/** The predicted delay that it took, else the time in whole seconds. */
function delayOf(elapsedMs: number, predicted: Distribution<Answer>): number {
  const delays = predicted.map(({ value }) => value.delayMs).toSorted((a, b) => b - a);
  const delay = delays.find((each) => elapsedMs >= each);
  if (delay !== undefined && elapsedMs - delay <= LATENESS_MS) return delay;
  return Math.round(elapsedMs / 1000) * 1000;
}

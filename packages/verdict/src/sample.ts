import type { Observation } from './claim.js';

/** Calls `send` `requests` times, at most `concurrency` at once, and returns the results in order of completion. */
export async function sendRequests<T>(
  send: () => Promise<T>,
  { requests, concurrency }: { requests: number; concurrency: number },
): Promise<T[]> {
  const results: T[] = [];
  let left = requests;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      results.push(await send());
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, requests) }, worker));
  return results;
}

/** Counts the labels of all responses of a trial. */
export function countOutcomes(
  labels: readonly string[],
  predicted: ReadonlyMap<string, number>,
): Extract<Observation, { kind: 'sampled' }> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const firstUnpredicted = labels.find((label) => !predicted.has(label));
  return { kind: 'sampled', counts, ...(firstUnpredicted !== undefined && { firstUnpredicted }) };
}

import { possibleOutcomes } from './plan-requests.js';
import { detectableShare } from './statistics/detectable-share.js';
import type { Assurance } from './statistics/sample-size.js';
import { clopperPearson } from './statistics/share-interval.js';
import type { OutcomeVerdict } from './verdict.js';

/** The predicted outcomes in their order, then what else was seen, most frequent first. */
export function outcomeVerdicts(
  predicted: ReadonlyMap<string, number>,
  counts: ReadonlyMap<string, number>,
  perRule: Assurance,
): OutcomeVerdict[] {
  const unpredicted = [...counts]
    .filter(([label, count]) => count > 0 && !predicted.has(label))
    .toSorted(([, a], [, b]) => b - a)
    .map(([label]) => label);
  const labels = [...predicted.keys(), ...unpredicted];
  const answers = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const possible = possibleOutcomes(predicted).length;
  // Two outcomes have one interval: the other's is its mirror image.
  const intervals = labels.length === 2 ? 1 : labels.length;

  return labels.map((label) => {
    const share = predicted.get(label) ?? 0;
    if (answers === 0) return { label, predicted: share };
    const count = counts.get(label) ?? 0;
    const interval = clopperPearson(count, answers, perRule.alpha / intervals);
    const caughtFrom =
      share > 0 && possible > 1 ? detectableShare(share, possible, answers, perRule) : undefined;
    return {
      label,
      predicted: share,
      observed: { count, share: count / answers, interval },
      ...(caughtFrom !== undefined && { caughtFrom }),
    };
  });
}

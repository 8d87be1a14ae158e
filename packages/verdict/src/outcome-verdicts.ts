import { possibleOutcomes } from './plan-requests.js';
import { detectableShares } from './statistics/detectable-share.js';
import type { Assurance } from './statistics/sample-size.js';
import { clopperPearson } from './statistics/share-interval.js';
import type { OutcomeVerdict } from './verdict.js';

/** Returns the predicted outcomes in their order, then the unpredicted ones, most frequent first. */
export function outcomeVerdicts(
  predicted: ReadonlyMap<string, number>,
  counts: ReadonlyMap<string, number>,
  perClaim: Assurance,
): OutcomeVerdict[] {
  const unpredicted = [...counts]
    .filter(([label, count]) => count > 0 && !predicted.has(label))
    .toSorted(([, a], [, b]) => b - a)
    .map(([label]) => label);
  const labels = [...predicted.keys(), ...unpredicted];
  const responses = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const possible = possibleOutcomes(predicted).length;
  // With two outcomes one interval determines the other.
  const intervals = labels.length === 2 ? 1 : labels.length;

  return labels.map((label) => {
    const share = predicted.get(label) ?? 0;
    if (responses === 0) return { label, predicted: share };
    const count = counts.get(label) ?? 0;
    const interval = clopperPearson(count, responses, perClaim.alpha / intervals);
    const isTested = share > 0 && possible > 1;
    return {
      label,
      predicted: share,
      observed: { count, share: count / responses, interval },
      ...(isTested && { detectable: detectableShares(share, possible, responses, perClaim) }),
    };
  });
}

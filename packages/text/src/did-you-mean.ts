import { distance } from 'fastest-levenshtein';

/** Edits per letter of the longer word; more than a third make another word. */
const MAX_EDITS = 1 / 3;

/** Returns ` (did you mean reviews?)` with the candidate that is most like the word, and '' when none is like it. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const lower = word.toLowerCase();
  let best: { candidate: string; edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = distance(lower, candidate.toLowerCase());
    const limit = Math.max(lower.length, candidate.length) * MAX_EDITS;
    if (candidate !== word && edits <= limit && edits < (best?.edits ?? Infinity))
      best = { candidate, edits };
  }
  return best ? ` (did you mean ${best.candidate}?)` : '';
}

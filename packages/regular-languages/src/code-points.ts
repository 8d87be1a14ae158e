/** A set of code points as ranges: both ends included, in ascending order, with gaps between them. */
export type CodePoints = readonly (readonly [from: number, to: number])[];

/** The highest code point of Unicode. */
export const MAX_CODE_POINT = 0x10ffff;

/** The set of all code points. */
export const ANY: CodePoints = [[0, MAX_CODE_POINT]];

/** Returns the set of the code points in a text. */
export function codePointsOf(text: string): CodePoints {
  return union(Array.from(text, (character) => character.codePointAt(0) ?? 0).map((each) => [each, each]));
}

/** Returns the set of ranges that may overlap, in any order. */
export function union(ranges: readonly (readonly [number, number])[]): CodePoints {
  const merged: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Returns the set of all other code points. */
export function complement(ranges: CodePoints): CodePoints {
  const others: [number, number][] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) others.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= MAX_CODE_POINT) others.push([next, MAX_CODE_POINT]);
  return others;
}

/** Returns whether the set contains the code point. */
export function includes(ranges: CodePoints, codePoint: number): boolean {
  return ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
}

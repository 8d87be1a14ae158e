/** A line of the table. Its figure is the ratio where there is a comparison, otherwise what was measured. */
export interface Row {
  /** The name, by which figures are compared with the last committed ones. */
  what: string;
  unit: 'requests/s of CPU' | 'decisions/s of CPU' | 'us of CPU' | 'ms' | 's' | 'MB';
  measured: number;
  comparedWith?: { what: string; measured: number };
  /** The figure is to be at least or at most this much. */
  goal?: { atLeast: number } | { atMost: number };
}

/** Returns the figure that has a goal and is committed. */
export function figureOf({ measured, comparedWith }: Row): number {
  return comparedWith ? measured / comparedWith.measured : measured;
}

/** Returns false for a figure that misses its goal. */
export function meetsGoal(row: Row): boolean {
  const { goal } = row;
  if (!goal) return true;
  const figure = figureOf(row);
  return 'atLeast' in goal ? figure >= goal.atLeast : figure <= goal.atMost;
}

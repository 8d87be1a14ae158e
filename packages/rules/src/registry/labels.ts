/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** Returns true if `labels` contain all of `selector`; an empty selector matches all. */
export function hasLabels(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

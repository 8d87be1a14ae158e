/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** Whether `labels` have all of `wanted`; nothing wanted is had by all. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

import type { LabelSelector } from '../resources/kinds/label-selector.js';

/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** Returns true if `labels` contain all of `selector`; an empty selector matches all. */
export function hasLabels(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/**
 * Returns true if the labels fulfil all conditions of the selector. NotIn holds for labels without the key too
 * (kubernetes/apimachinery pkg/labels/selector.go, Requirement.Matches).
 */
export function selects({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): boolean {
  return (
    hasLabels(labels, matchLabels) &&
    matchExpressions.every(({ key, operator, values }) => {
      const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
      const isIn = label !== undefined && values.includes(label);
      return { In: isIn, NotIn: !isIn, Exists: label !== undefined, DoesNotExist: label === undefined }[
        operator
      ];
    })
  );
}

/** Returns the selector as kubectl writes it: `team=a,stage in (test,prod),!old`. */
export function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const pairs = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = matchExpressions.map(({ key, operator, values }) => {
    const list = `(${values.join(',')})`;
    return { In: `${key} in ${list}`, NotIn: `${key} notin ${list}`, Exists: key, DoesNotExist: `!${key}` }[
      operator
    ];
  });
  return [...pairs, ...expressions].join(',');
}

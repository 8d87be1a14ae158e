import type { z } from 'zod';
import { addIssue, list, object } from '../schema/containers.js';
import { isLabelKey, labelValue } from '../schema/names.js';
import { oneOf, value } from '../schema/value.js';
import { labels } from './metadata.js';

const labelKey = value<string>(
  (input) => typeof input === 'string' && isLabelKey(input),
  'the key of a label, like version or example.com/version',
);

/** In and NotIn need values, the others exclude them (kubernetes/apimachinery pkg/labels/selector.go, NewRequirement). */
const requirement = object({
  key: labelKey,
  operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: list(labelValue).default([]),
}).superRefine(({ operator, values }, context) => {
  const needsValues = operator === 'In' || operator === 'NotIn';
  if (needsValues && values.length === 0) addIssue(context, `${operator} needs values`);
  if (!needsValues && values.length > 0) addIssue(context, `${operator} has no values`, ['values']);
});

/** A selector of resources by their labels: all of its conditions must hold. An empty one selects all. */
export const labelSelector = object({
  matchLabels: labels.default({}),
  matchExpressions: list(requirement).default([]),
});

/** A selector of resources by their labels. */
export type LabelSelector = z.infer<typeof labelSelector>;

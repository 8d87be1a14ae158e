import { addIssue, ignoredFields, mapOf, object } from '../schema/containers.js';
import { isLabelKey, labelName, labelValue, objectName } from '../schema/names.js';
import { text } from '../schema/value.js';

/** Labels by name. */
export const labels = mapOf(labelValue).superRefine((pairs, context) => {
  for (const key of Object.keys(pairs)) {
    if (!isLabelKey(key)) {
      addIssue(
        context,
        `${JSON.stringify(key)} is not the key of a label, like version or example.com/version`,
      );
    }
  }
});

/** The metadata of every resource; the ignored fields are those that a cluster adds. */
export const metadata = object({
  name: objectName,
  namespace: labelName.default('default'),
  labels: labels.default({}),
  annotations: mapOf(text).default({}),
  ...ignoredFields(
    'creationTimestamp',
    'deletionGracePeriodSeconds',
    'deletionTimestamp',
    'finalizers',
    'generateName',
    'generation',
    'managedFields',
    'ownerReferences',
    'resourceVersion',
    'selfLink',
    'uid',
  ),
});

import { complain, inert, mapOf, object } from '../schema/containers.js';
import { isLabelKey, labelName, labelValue, objectName } from '../schema/names.js';
import { text } from '../schema/value.js';

/** Labels by name. */
export const labels = mapOf(labelValue).superRefine((pairs, context) => {
  for (const key of Object.keys(pairs)) {
    if (!isLabelKey(key)) {
      complain(
        context,
        `${JSON.stringify(key)} is not the name of a label, like version or example.com/version`,
      );
    }
  }
});

/** What every resource is called by; the inert fields are those that a cluster adds when it hands a resource out. */
export const metadata = object({
  name: objectName,
  namespace: labelName.default('default'),
  labels: labels.default({}),
  annotations: mapOf(text).default({}),
  ...inert('creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'uid'),
});

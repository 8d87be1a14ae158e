import { addIssue, list, unique } from '../schema/containers.js';
import { exportTarget, serviceExportTarget } from '../schema/names.js';

/** Returns the schema of a list of namespaces, as Istio checks it (pkg/config/validation/validation.go, validateExportTo). */
const targets = (entry: typeof exportTarget) =>
  list(entry)
    .superRefine(unique('entry', (target) => target))
    .superRefine((entries, context) => {
      for (const alone of ['*', '~'])
        if (entries.length > 1 && entries.includes(alone))
          addIssue(context, `"${alone}" excludes other entries`);
    })
    .default([]);

/** The namespaces that a rule is visible to; empty means all, Istio's default. */
export const exportTo = targets(exportTarget);

/** The namespaces that a ServiceEntry is visible to; empty means all, and `~` none. */
export const serviceExportTo = targets(serviceExportTarget);

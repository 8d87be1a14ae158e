import { list } from '../schema/containers.js';
import { exportTarget } from '../schema/names.js';

/** Which namespaces may see it; empty means all, Istio's default. */
export const exportTo = list(exportTarget).default([]);

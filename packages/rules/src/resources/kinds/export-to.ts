import { list } from '../schema/containers.js';
import { exportTarget } from '../schema/names.js';

/** The namespaces that a resource is visible to; empty means all, Istio's default. */
export const exportTo = list(exportTarget).default([]);

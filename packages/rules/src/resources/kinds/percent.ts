import { object } from '../schema/containers.js';
import { percentage } from '../schema/value.js';

/** Istio's Percent; without a value it is 0. */
export const percent = object({ value: percentage.default(0) });

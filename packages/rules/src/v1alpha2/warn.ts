import type { FieldPath } from '../resources/field-path.js';

/** Takes down what a field of a resource does otherwise than it seems to. */
export type Warn = (path: FieldPath, message: string) => void;

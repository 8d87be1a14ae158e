import type { FieldPath } from '../resources/field-path.js';

/** Adds a warning about a field whose effect differs from its apparent meaning. */
export type Warn = (path: FieldPath, message: string) => void;

import type { FieldPath, Model } from '@bookinfo/rules';
import type { Finding } from '../finding.js';

/** A statement about a field of a resource; a warning without a level. */
export type Warning = Partial<Pick<Finding, 'level'>> &
  Pick<Finding, 'code' | 'message'> & { path: FieldPath };

/** Returns the statements of one sort about a resource. */
export type Lint<R> = (resource: R, model: Model) => Warning[];

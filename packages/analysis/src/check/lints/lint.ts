import type { FieldPath, Model } from '@bookinfo/rules';

/** A likely mistake in a field of a resource. */
export interface Warning {
  path: FieldPath;
  message: string;
}

/** Returns the likely mistakes of one sort in a resource. */
export type Lint<R> = (resource: R, model: Model) => Warning[];

import { InvalidRequest } from '@bookinfo/analysis';
import { NotFoundError } from '../print/show-resources.js';

/** The errors that callers distinguish by their class, by name. */
const KNOWN: Readonly<Record<string, new (message: string) => Error>> = { InvalidRequest, NotFoundError };

/** Returns the name of the error's class if callers distinguish it: copying an error to another thread loses its class. */
export function kindOfError(error: unknown): string | undefined {
  return Object.entries(KNOWN).find(([, type]) => error instanceof type)?.[0];
}

/** Returns the error that was thrown in the other thread. */
export function errorOfKind(error: Error, kind: string | undefined): Error {
  const type = kind === undefined ? undefined : KNOWN[kind];
  return type ? new type(error.message) : error;
}

import { join } from 'node:path';

/** The repository's root folder. */
export const root = join(import.meta.dirname, '../..');

/** The path of a file under deploy/networking, as a user types it from the root. */
export const networking = (name: string) => `deploy/networking/${name}.yaml`;

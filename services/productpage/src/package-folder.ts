import path from 'node:path';

/** Where `views/` and `static/` are: one level up from `src/`, and from the `dist/` that all of it is bundled into. */
export const PACKAGE_FOLDER = path.join(import.meta.dirname, '..');

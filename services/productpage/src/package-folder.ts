import path from 'node:path';

/** The folder of `views/` and `static/`: one level above `src/`, and above the `dist/` of the bundle. */
export const PACKAGE_FOLDER = path.join(import.meta.dirname, '..');

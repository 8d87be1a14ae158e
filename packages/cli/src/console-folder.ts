import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Returns the folder of the console's files, which `npm run build` writes. */
export function consoleFolder(): string {
  return path.dirname(fileURLToPath(import.meta.resolve('@bookinfo/console/page')));
}

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Source } from '@bookinfo/rules';

/**
 * Reads files and keeps their names as typed, for problems; `-` is standard input. `locate` returns the path of a name
 * (default: the name, relative to the current folder).
 * @throws {Error} that names the file, when it cannot be read.
 */
export function readSources(
  files: readonly string[],
  locate: (file: string) => string = (file) => file,
): Promise<Source[]> {
  return Promise.all(
    files.map(async (file) =>
      file === '-'
        ? { file: 'stdin', text: await text(process.stdin) }
        : { file, text: await readSource(file, locate(file)) },
    ),
  );
}

async function readSource(file: string, location: string): Promise<string> {
  try {
    return await readFile(location, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder; name the files in it',
      EACCES: 'reading it is not permitted',
    };
    throw new Error(`Can't read ${file}: ${reasons[code ?? ''] ?? message}.`, { cause: error });
  }
}

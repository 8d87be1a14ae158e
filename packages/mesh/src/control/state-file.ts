import { readFile, rename, writeFile } from 'node:fs/promises';

/** Returns the content of the file; undefined when there is none. */
export async function readState(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the file, which other users cannot read: it has Secrets. */
export async function writeState(path: string, content: Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

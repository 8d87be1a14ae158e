import { mkdir, mkdtemp, rm, writeFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigFile } from './config-files.js';

/** A folder that Envoy reads its configuration from. */
export class ConfigFolder {
  /** The version last written, by path. */
  readonly #versions = new Map<string, string>();

  static async create(): Promise<ConfigFolder> {
    return new ConfigFolder(await mkdtemp(join(tmpdir(), 'bookinfo-envoy-')));
  }

  /** Returns the folder at the path, for an Envoy that has the same folder; what it has there already is replaced file by file. */
  static async at(path: string): Promise<ConfigFolder> {
    await mkdir(path, { recursive: true });
    return new ConfigFolder(path);
  }

  private constructor(readonly path: string) {}

  /**
   * Writes the files whose version has changed, and returns these. Each is replaced atomically, so that Envoy never reads half
   * a file.
   */
  async write(files: readonly ConfigFile[]): Promise<ConfigFile[]> {
    const changed = files.filter(({ path, version }) => this.#versions.get(path) !== version);
    for (const { path, content, version } of changed) {
      await writeFile(`${path}.new`, content);
      await rename(`${path}.new`, path);
      this.#versions.set(path, version);
    }
    return changed;
  }

  async remove(): Promise<void> {
    // Of an Envoy that has ended, a table that was being applied may still be written.
    await rm(this.path, { recursive: true, force: true, maxRetries: 10 });
  }
}

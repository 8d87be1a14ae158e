import { mkdtemp, rm, writeFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigFile } from './config-files.js';

/** A temporary folder that Envoy reads its configuration from. */
export class ConfigFolder {
  /** The version last written, by path. */
  readonly #versions = new Map<string, string>();

  static async create(): Promise<ConfigFolder> {
    return new ConfigFolder(await mkdtemp(join(tmpdir(), 'bookinfo-envoy-')));
  }

  private constructor(readonly path: string) {}

  /** Writes the files whose version has changed. Each is replaced atomically, so that Envoy never reads half a file. */
  async write(files: Iterable<ConfigFile>): Promise<void> {
    for (const { path, content, version } of files) {
      if (this.#versions.get(path) === version) continue;
      await writeFile(`${path}.new`, content);
      await rename(`${path}.new`, path);
      this.#versions.set(path, version);
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

import { rmSync, writeFileSync } from 'node:fs';

/** A file that is there while all pods are ready, for the health check of a container. */
export class ReadyFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.update(false);
  }

  update(isReady: boolean): void {
    if (isReady) writeFileSync(this.#path, '');
    else rmSync(this.#path, { force: true });
  }
}

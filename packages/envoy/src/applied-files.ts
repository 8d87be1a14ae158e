import type { ConfigFile, ConfigFiles } from './config-files.js';
import { configStatus } from './config-status.js';
import { EnvoyRejected } from './envoy-failed.js';
import type { RunningEnvoy } from './launch-envoy.js';
import { fileSteps } from './update-steps.js';
import { pause, waitUntil } from './wait-until.js';

/** Limit for the reason of a rejection to arrive. */
const LOG_TIMEOUT_MS = 1000;

/** The files that a running Envoy has applied. */
export class AppliedFiles {
  readonly #envoy: RunningEnvoy;
  #rejections = 0;

  constructor(envoy: RunningEnvoy) {
    this.#envoy = envoy;
  }

  /**
   * Writes those that have changed; resolves when Envoy has applied them.
   * @throws {EnvoyRejected} when Envoy rejects one of them.
   * @throws {EnvoyFailed} when Envoy ends, or does not apply them.
   */
  async write(files: ConfigFiles): Promise<void> {
    for (const step of fileSteps(files)) {
      const changed = await this.#envoy.folder.write(step);
      if (changed.length > 0) await this.wait(changed);
    }
  }

  /** Resolves when Envoy reports the version of each file; throws as `write` does. */
  async wait(files: readonly ConfigFile[]): Promise<void> {
    const { admin, program } = this.#envoy;
    const isApplied = async (): Promise<boolean> => {
      const status = await configStatus(admin, files);
      if (status.rejections > this.#rejections) {
        this.#rejections = status.rejections;
        await this.#reasonArrived();
        throw new EnvoyRejected(program.output);
      }
      return status.isApplied;
    };
    await waitUntil(isApplied, 'does not apply its configuration', this.#envoy);
  }

  /** Its log arrives by another pipe than the responses of its admin endpoint, so it may come later. */
  async #reasonArrived(): Promise<void> {
    const { program, clock } = this.#envoy;
    const deadline = clock.now() + LOG_TIMEOUT_MS;
    while (!program.output.includes('rejected: ') && clock.now() < deadline) await pause(clock);
  }
}

import type { RuleSource } from '@bookinfo/routing';
import { fatalLine } from './envoy-log.js';

/** Envoy could not be started, or did not apply a configuration. The message ends with the last lines of Envoy's log. */
export class EnvoyFailed extends Error {
  readonly #what: string;

  constructor(
    what: string,
    readonly output: string,
    options?: ErrorOptions,
  ) {
    super([what, output.trim()].filter(Boolean).join('\n'), options);
    this.#what = what;
  }

  /** What has failed and Envoy's reason for it, if any, as one line. */
  get summary(): string {
    return [this.#what, this.reason].filter(Boolean).join(': ');
  }

  /** Envoy's words. */
  get reason(): string | undefined {
    return fatalLine(this.output);
  }
}

/** The line of Envoy's log for a file with a configuration that it rejects. */
const REASON = /update rejected: (.*)/;

/** Envoy rejected a table. */
export class EnvoyRejected extends EnvoyFailed {
  constructor(
    output: string,
    /** The first rule whose route Envoy rejects; absent when it rejects none alone, as with a cluster. */
    readonly rule?: RuleSource,
  ) {
    super('Envoy rejects its configuration', output);
  }

  override get reason(): string {
    return REASON.exec(this.output)?.[1] ?? this.output.trim();
  }
}

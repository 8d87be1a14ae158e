import type { RuleSource } from '@bookinfo/routing';

/** Envoy could not be started, or did not apply a configuration. The message ends with the last lines of Envoy's log. */
export class EnvoyFailed extends Error {
  constructor(
    message: string,
    readonly output: string,
    options?: ErrorOptions,
  ) {
    super([message, output.trim()].filter(Boolean).join('\n'), options);
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

  /** Envoy's words. */
  get reason(): string {
    return REASON.exec(this.output)?.[1] ?? this.output.trim();
  }
}

import type { RuleSource } from '@bookinfo/routing';

/** A route table has a setting that Envoy's configuration cannot express; the table is refused whole. */
export class UnsupportedByEnvoy extends Error {
  constructor(
    message: string,
    /** The rule with the setting; absent when the table does not name it. */
    readonly rule?: RuleSource,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

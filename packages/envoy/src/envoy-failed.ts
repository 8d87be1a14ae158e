/** Envoy could not be started, or rejected a configuration. The message ends with the last lines of Envoy's log. */
export class EnvoyFailed extends Error {
  constructor(message: string, output: string, options?: ErrorOptions) {
    super([message, output.trim()].filter(Boolean).join('\n'), options);
  }
}

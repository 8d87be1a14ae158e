/** Envoy could not be started, or did not accept a configuration. The message ends with what Envoy said. */
export class EnvoyFailed extends Error {
  constructor(message: string, output: string, options?: ErrorOptions) {
    super([message, output.trim()].filter(Boolean).join('\n'), options);
  }
}

import type { EnvoyMessage } from './message.js';

/** envoy.config.core.v3.ConfigSource: a file that Envoy reads again whenever another one takes its place. */
export function fromFile(path: string): EnvoyMessage {
  return { path_config_source: { path }, resource_api_version: 'V3' };
}

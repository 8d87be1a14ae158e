import { execFile } from 'node:child_process';

/** The oldest API that compose.yaml was tried with: that of Docker 20.10. */
const OLDEST_API = 1.41;
/** The oldest Compose with all that compose.yaml and compose.watch.yaml have. */
const OLDEST_COMPOSE = '2.20';
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Thrown when Docker can't be used; the message says why in one sentence. */
export class DockerUnavailable extends Error {}

/**
 * Runs the Docker client and returns its output.
 * @throws {DockerUnavailable} when there is none, its daemon does not answer, or is too old.
 * @throws {Error} with the first line of its error output, when the command fails.
 */
export async function docker(...args: string[]): Promise<string> {
  try {
    return await run(args);
  } catch (error) {
    await assertUsable();
    throw error;
  }
}

/** @throws {DockerUnavailable} when Docker can't be used, or its Compose is missing or too old. */
export async function assertCompose(): Promise<void> {
  await assertUsable();
  const needed = `Compose ${OLDEST_COMPOSE} or later is needed.`;
  const version = await run(['compose', 'version', '--short']).catch((error: Error) => {
    throw new DockerUnavailable(`Docker has no Compose, and ${needed}`, { cause: error });
  });
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_COMPOSE.split('.').map(Number);
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor))
    throw new DockerUnavailable(`Compose is too old: its version is ${version.trim()}, and ${needed}`);
}

/** @throws {DockerUnavailable} when Docker can't be used. */
async function assertUsable(): Promise<void> {
  const version = await run(['version', '--format', '{{.Server.APIVersion}}']).catch((error: Error) => {
    throw new DockerUnavailable(`Docker can't be used: ${error.message}`, { cause: error });
  });
  if (Number(version) < OLDEST_API)
    throw new DockerUnavailable(
      `Docker is too old: its API has the version ${version.trim()}, and ${OLDEST_API} or later (Docker 20.10) is needed.`,
    );
}

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('docker', args, { maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === 'ENOENT')
        reject(new Error('there is no program docker on the PATH.', { cause: error }));
      else reject(new Error(stderr.trim().split('\n', 1)[0] ?? error.message, { cause: error }));
    });
  });
}

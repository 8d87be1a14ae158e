import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The repository's folder. */
export const root = join(import.meta.dirname, '../..');

/** The label of every container of these tests; its value is the run that they belong to. */
export const RUN_LABEL = 'bookinfo.test-run';

/** The tag of `docker-bake.hcl`. */
export const TAG = '0.1.0';

const run = promisify(execFile);

/** Runs the docker command in the repository's folder and returns what it prints. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** Returns why these tests cannot run here, if they cannot. */
function obstacle(): string | undefined {
  for (const args of [['version'], ['buildx', 'version']]) {
    const { status, stderr, error } = spawnSync('docker', args, { encoding: 'utf8' });
    if (error) return 'there is no program docker on the PATH';
    if (status !== 0) return `docker ${args.join(' ')} fails: ${stderr.trim().split('\n', 1)[0]}`;
  }
  return undefined;
}

const reason = obstacle();

/**
 * Tests whether Docker is missing, for `describe.skipIf`.
 *
 * @throws {Error} when it is missing under CI=true, where no test may be skipped
 */
export function lacksDocker(): boolean {
  if (reason !== undefined && process.env['CI'] === 'true') throw new Error(`Docker is needed: ${reason}`);
  return reason !== undefined;
}

/** Prints one line when the tests are to be skipped. */
export function announceSkip(): void {
  if (reason !== undefined) process.stderr.write(`skipping the tests of images: ${reason}\n`);
}

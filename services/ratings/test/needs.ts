import { spawnSync } from 'node:child_process';

/** Tests whether a program is installed. */
export const isInstalled = (program: string): boolean =>
  spawnSync(program, ['--version']).error === undefined;

/**
 * Tests whether a server is missing, for `describe.skipIf`; prints how to install it.
 *
 * @throws {Error} when it is missing under CI=true, where no test may be skipped
 */
export function lacks(server: { name: string; installed: boolean }): boolean {
  if (server.installed) return false;
  const hint = `${server.name} is not installed; run .ci/install-test-tools`;
  if (process.env['CI'] === 'true') throw new Error(hint);
  process.stderr.write(`skipping tests: ${hint}\n`);
  return true;
}

import { spawnSync } from 'node:child_process';

/** Whether a program is installed. */
export const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/**
 * For `describe.skipIf`: true where the server that the tests need is not installed, with one line that says how to
 * get it.
 *
 * @throws Error under CI=true, where a test must not go missing unseen
 */
export function lacks(server: { name: string; installed: boolean }): boolean {
  if (server.installed) return false;
  const hint = `${server.name} is not installed; run .ci/install-test-tools`;
  if (process.env['CI'] === 'true') throw new Error(hint);
  process.stderr.write(`skipping tests: ${hint}\n`);
  return true;
}

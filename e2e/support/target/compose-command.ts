import { execFile } from 'node:child_process';
import { root } from '../repository.ts';
import { composeProjectName } from './compose-project-name.ts';
import type { Handle } from './target.ts';

type Ports = Pick<Handle, 'ingressUrl' | 'adminPort'>;

/** Returns the settings of compose.yaml with which it publishes these ports. */
export function composeEnvironment({ ingressUrl, adminPort }: Ports): Record<string, string> {
  return { BOOKINFO_PORT: new URL(ingressUrl).port, BOOKINFO_ADMIN_PORT: `${adminPort}` };
}

/** The files of a project, by their paths from the root. */
export const COMPOSE_FILES = ['compose.yaml', 'e2e/support/target/compose.e2e.yaml'];

/**
 * Runs `docker compose` for a project of the files, or of this configuration, and returns its output.
 * @throws {Error} with its error output, when it fails.
 */
export function compose(ports: Ports, args: readonly string[], config = ''): Promise<string> {
  const files = (config === '' ? COMPOSE_FILES : ['-']).flatMap((file) => ['--file', file]);
  const command = ['compose', '--project-name', composeProjectName(ports.adminPort), ...files, ...args];
  // The orphans are second pods.
  const env = { ...process.env, ...composeEnvironment(ports), COMPOSE_IGNORE_ORPHANS: 'true' };
  return new Promise((resolve, reject) => {
    const child = execFile('docker', command, { cwd: root, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`docker ${command.join(' ')}: ${stderr}`, { cause: error }));
      else resolve(stdout);
    });
    child.stdin?.end(config);
  });
}

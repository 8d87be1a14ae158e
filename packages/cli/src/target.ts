import {
  AdminClient,
  DEFAULT_ADMIN_PORT,
  ComposeAdminClient,
  ComposeProject,
  DockerUnavailable,
  hasToken,
} from '@bookinfo/mesh';
import { Option, type Command } from 'commander';
import { adminPortOption } from './options.js';
import type { Repository } from './repository.js';

/** The options that select a running mesh. */
export interface TargetOptions {
  target?: 'local' | 'compose' | undefined;
  adminPort: number;
}

/** Adds `TargetOptions` to a command about a running mesh. */
export function addTarget(command: Command): Command {
  return command
    .addOption(
      new Option('--target <name>', 'mesh of `up`, or of `docker compose up` (default: the one that runs)')
        .choices(['local', 'compose'])
        .env('BOOKINFO_TARGET'),
    )
    .addOption(adminPortOption());
}

/**
 * Returns the client of the mesh that the options select. Without `--target` that is the local mesh when one runs with this admin
 * port, and else that of containers when one runs.
 * @throws {Error} when containers are selected, and none run or Docker can't be used.
 */
export async function adminOf(options: TargetOptions, repository: Repository): Promise<AdminClient> {
  const project = await composeProject(options, repository);
  return project ? new ComposeAdminClient(project) : new AdminClient(options.adminPort);
}

/**
 * Returns the project of containers that the options select; undefined for the local mesh.
 * @throws {Error} when containers are selected, and none run or Docker can't be used.
 */
export async function composeProject(
  { target, adminPort }: TargetOptions,
  { resolve }: Repository,
): Promise<ComposeProject | undefined> {
  if (target === 'local' || (target === undefined && hasToken(adminPort))) return undefined;
  const finding = ComposeProject.find(resolve('.'));
  if (target === undefined) return await foundAt(adminPort, finding);
  const project = await finding;
  if (!project)
    throw new Error('No mesh of containers runs here. Start one with: docker compose up --build --wait');
  return project;
}

/** Resolves with the project when its admin endpoint is on this port, or the port is only the default. */
async function foundAt(
  adminPort: number,
  finding: Promise<ComposeProject | undefined>,
): Promise<ComposeProject | undefined> {
  try {
    const project = await finding;
    return adminPort === DEFAULT_ADMIN_PORT || project?.adminPort === adminPort ? project : undefined;
  } catch (error) {
    if (error instanceof DockerUnavailable) return undefined;
    throw error;
  }
}

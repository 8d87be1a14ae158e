import { ComposeProject } from '@bookinfo/mesh';
import { composeProjectName } from './compose-project-name.ts';
import { ComposeTarget } from './compose-target.ts';
import type { Handle, Target } from './target.ts';

/** Returns the target of the containers that a project of compose.yaml runs. */
export async function compose(handle: Handle): Promise<Target> {
  const name = composeProjectName(handle.adminPort);
  const project = await ComposeProject.named(name);
  if (!project) throw new Error(`the Compose project ${name} does not run`);
  return await ComposeTarget.of(handle, project);
}

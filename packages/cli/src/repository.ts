import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ProgramFor } from '@bookinfo/mesh';
import { typedCommand } from './typed-command.js';

/** The repository, as the commands use it. */
export interface Repository {
  /** This command as a user types it in the current folder, such as `./bookinfo`. */
  command: string;
  /** The files that `up` applies without `-f`, as paths from the repository's root. */
  defaultFiles: readonly string[];
  /** Returns the absolute path of a file; `file` is a path from the repository's root. */
  resolve: (file: string) => string;
  programFor: ProgramFor;
}

const DEFAULT_FILES = [
  'deploy/platform/kube/bookinfo.yaml',
  'deploy/networking/bookinfo-gateway.yaml',
  'deploy/networking/destination-rule-all.yaml',
];

/** Matches the images of this repository: `bookinfo/<service>:<tag>`. */
const IMAGE = /^bookinfo\/([a-z0-9-]+)(?::[\w.-]+)?$/;

/** Returns the repository whose folder is `root`. */
export function repositoryAt(root: string): Repository {
  return {
    command: typedCommand(root),
    defaultFiles: DEFAULT_FILES,
    resolve: (file) => path.resolve(root, file),
    programFor: (image) => {
      const service = IMAGE.exec(image)?.[1];
      if (service === undefined)
        throw new Error(
          `image ${JSON.stringify(image)} has no program on this machine (bookinfo/<service>:<tag> has: services/<service>)`,
        );
      const file = `services/${service}/dist/main.js`;
      const program = path.resolve(root, file);
      if (existsSync(program)) return program;
      throw new Error(`image ${JSON.stringify(image)} needs ${file}, which is not built (npm run build)`);
    },
  };
}

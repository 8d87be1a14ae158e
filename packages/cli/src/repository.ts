import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ProgramFor } from '@bookinfo/mesh';

/** Where things are in this repository. */
export interface Repository {
  /** What `up` applies unless told otherwise, from the repository's root. */
  defaultFiles: readonly string[];
  /** The absolute path of a file that is named from the repository's root. */
  resolve: (file: string) => string;
  programFor: ProgramFor;
}

const DEFAULT_FILES = [
  'deploy/platform/kube/bookinfo.yaml',
  'deploy/networking/bookinfo-gateway.yaml',
  'deploy/networking/destination-rule-all.yaml',
];

/** Our own images: `bookinfo/<service>:<tag>`. */
const IMAGE = /^bookinfo\/([a-z0-9-]+)(?::[\w.-]+)?$/;

/** The repository whose folder is `root`. */
export function repositoryAt(root: string): Repository {
  return {
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

import path from 'node:path';
import { typedCommand } from './typed-command.js';

/** The repository, as the commands use it. */
export interface Repository {
  /** This command as a user types it in the current folder, such as `./bookinfo`. */
  command: string;
  /** The files that `up` applies without `-f`, as paths from the repository's root. */
  defaultFiles: readonly string[];
  /** Returns the absolute path of a file; `file` is a path from the repository's root. */
  resolve: (file: string) => string;
}

const DEFAULT_FILES = [
  'deploy/platform/kube/bookinfo.yaml',
  'deploy/networking/bookinfo-gateway.yaml',
  'deploy/networking/destination-rule-all.yaml',
];

/** Returns the repository whose folder is `root`. */
export function repositoryAt(root: string): Repository {
  return {
    command: typedCommand(root),
    defaultFiles: DEFAULT_FILES,
    resolve: (file) => path.resolve(root, file),
  };
}

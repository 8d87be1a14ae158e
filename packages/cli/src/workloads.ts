import { existsSync } from 'node:fs';
import path from 'node:path';
import { bookinfo } from '@bookinfo/application';
import type { WorkloadModule } from '@bookinfo/mesh';

// A `WorkloadModule`, imported by the thread of the mesh's control plane.

/** Matches the images of this repository: `bookinfo/<service>:<tag>`. */
const IMAGE = /^bookinfo\/([a-z0-9-]+)(?::[\w.-]+)?$/;

/** The repository's folder, which is in the query of this module's URL. */
const ROOT = new URL(import.meta.url).searchParams.get('root') ?? '';

export const application: WorkloadModule['application'] = bookinfo;

export const programFor: WorkloadModule['programFor'] = (image) => {
  const service = IMAGE.exec(image)?.[1];
  if (service === undefined || !existsSync(path.resolve(ROOT, `services/${service}`)))
    throw new Error(
      `image ${JSON.stringify(image)} has no program on this machine (bookinfo/<service>:<tag> has: services/<service>)`,
    );
  const file = `services/${service}/dist/main.js`;
  const program = path.resolve(ROOT, file);
  if (existsSync(program)) return program;
  throw new Error(`image ${JSON.stringify(image)} needs ${file}, which is not built (npm run build)`);
};

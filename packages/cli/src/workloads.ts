import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bookinfo } from '@bookinfo/application';
import type { WorkloadModule } from '@bookinfo/mesh';

// A `WorkloadModule`, imported by the thread of the mesh's control plane.

/** Matches the images of this repository: `bookinfo/<service>:<tag>`. */
const IMAGE = /^bookinfo\/([a-z0-9-]+)(?::[\w.-]+)?$/;
const ROOT = new URL('../../../', import.meta.url);

export const application: WorkloadModule['application'] = bookinfo;

export const programFor: WorkloadModule['programFor'] = (image) => {
  const service = IMAGE.exec(image)?.[1];
  if (service === undefined)
    throw new Error(
      `image ${JSON.stringify(image)} has no program on this machine (bookinfo/<service>:<tag> has: services/<service>)`,
    );
  const file = `services/${service}/dist/main.js`;
  const program = fileURLToPath(new URL(file, ROOT));
  if (existsSync(program)) return program;
  throw new Error(`image ${JSON.stringify(image)} needs ${file}, which is not built (npm run build)`);
};

import { bookinfo } from '@bookinfo/application';
import type { WorkloadModule } from '@bookinfo/mesh';

// A `WorkloadModule` for pods that are containers, imported by the thread of the mesh's control plane.

export const application: WorkloadModule['application'] = bookinfo;

/** No program: Compose runs the containers. */
export const programFor: WorkloadModule['programFor'] = () => undefined;

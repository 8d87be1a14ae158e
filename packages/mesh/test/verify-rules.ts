import { shop } from '@bookinfo/analysis/testing';
import { systemClock } from '@bookinfo/effects';
import { DEFAULT_MESH_CONFIG, formatProblem, modelOfFiles } from '@bookinfo/rules';
import type { Report } from '@bookinfo/verdict';
import { AdminClient } from '../src/admin/admin-client.js';
import type { MeshServer } from '../src/control/mesh-server.js';
import { administeredMesh } from '../src/verify/live-mesh.js';
import { runningResources } from '../src/verify/running-resources.js';
import { verify, type VerifyOptions } from '../src/verify/verify.js';

/** Verifies the rules of a file, which need not be applied, against a mesh that runs the shop. */
export async function verifyRules(
  mesh: MeshServer,
  text: string,
  plan?: VerifyOptions['plan'],
): Promise<Report> {
  const admin = new AdminClient(mesh.adminPort);
  const source = { file: 'rules.yaml', text };
  const store = await runningResources(admin);
  const result = modelOfFiles([source], DEFAULT_MESH_CONFIG, { store, now: Date.now() });
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return await verify(await administeredMesh(admin), result.model, new Set([source.file]), {
    application: shop,
    clock: systemClock,
    random: Math.random,
    ...(plan && { plan }),
    onProgress: () => undefined,
  });
}

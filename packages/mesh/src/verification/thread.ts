import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '@bookinfo/effects';
import { formatProblem, modelOfFiles } from '@bookinfo/rules';
import { DEFAULT_PLAN, jsonReport, type Report, textReport } from '@bookinfo/verdict';
import { AdminClient, SourceProblems } from '../admin/admin-client.js';
import type { WorkloadModule } from '../controller/workload-module.js';
import { administeredMesh } from '../verify/live-mesh.js';
import { runningResources } from '../verify/running-resources.js';
import { verify } from '../verify/verify.js';
import type { VerificationMessage, VerificationSettings } from './messages.js';

// The thread of a verification: reading files, planning and asking take CPU that would hold up traffic.

const settings = workerData as VerificationSettings;

function post(message: VerificationMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a thread, not a window
  parentPort?.postMessage(message);
}

/** @throws {SourceProblems} when a file has problems. */
async function report({ adminPort, workloads, sources, shift }: VerificationSettings): Promise<Report> {
  const { application } = (await import(workloads)) as WorkloadModule;
  const admin = new AdminClient(adminPort);
  const { meshConfig } = await admin.mesh();
  const planned = { store: await runningResources(admin), now: Date.now() };
  const result = modelOfFiles(sources, meshConfig, planned);
  if ('problems' in result) throw new SourceProblems(result.problems);
  const files = new Set(sources.map(({ file }) => file));
  return await verify(await administeredMesh(admin), result.model, files, {
    application,
    clock: systemClock,
    random: Math.random,
    plan: { ...DEFAULT_PLAN, ...(shift !== undefined && { shift }) },
    onProgress: (title, requests, progress) =>
      post({ kind: 'progress', ...progress, claim: `${title}: ${requests} requests` }),
  });
}

try {
  const done = await report(settings);
  post({ kind: 'report', json: jsonReport(done), text: textReport(done, (_, word) => word) });
} catch (error) {
  const lines =
    error instanceof SourceProblems ? error.problems.map(formatProblem) : [(error as Error).message];
  post({ kind: 'failure', error: lines.join('\n') });
}

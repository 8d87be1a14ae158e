import { get } from 'node:http';
import { join } from 'node:path';
import { freePort } from '@bookinfo/effects';
import { type AccessLogEntry, Proxy } from '@bookinfo/proxy';
import { startProgram } from './program.ts';
import { sidecarTable } from './sidecar-table.ts';

/** Returns the record of a real request through the embedded sidecar, which is part of a trace. */
export async function recordedEntry(): Promise<AccessLogEntry> {
  const backendPort = await freePort();
  const script = join(import.meta.dirname, 'backends.ts');
  await using _backend = await startProgram(backendPort, script, [String(backendPort)]);
  const recorded = Promise.withResolvers<AccessLogEntry>();
  const table = sidecarTable(backendPort);
  const tracing = { sampledShare: 1, serverSpan: 'own' } as const;
  await using sidecar = await Proxy.start({ role: 'sidecar', table, tracing, onAccess: recorded.resolve });
  get({ port: sidecar.port, path: '/details/0', headers: { host: 'details:9080' } }, (response) =>
    response.resume(),
  );
  return await recorded.promise;
}

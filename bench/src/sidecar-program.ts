// A sidecar of the embedded proxy as a process, with one backend.
import { Proxy } from '@bookinfo/proxy';
import { sidecarTable } from './sidecar-table.ts';

const [port = 0, backendPort = 0] = process.argv.slice(2).map(Number);

await Proxy.start({ role: 'sidecar', table: sidecarTable(backendPort), port });

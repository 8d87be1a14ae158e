import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, formatRates } from './compare.ts';
import { freePort, startProgram } from './program.ts';

const script = (name: string) => join(import.meta.dirname, name);

/** One hop through the embedded sidecar, against the same backend asked directly and through nginx. */
export async function measureSidecar(): Promise<string[]> {
  if (spawnSync('nginx', ['-v']).error)
    return ['one hop: left out, nginx is not installed (Debian: apt-get install nginx-light)'];
  const [backendPort, sidecarPort, nginxPort] = [await freePort(), await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'bookinfo-bench-'));
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, nginxConfig(folder, nginxPort, backendPort));
  try {
    await using backend = await startProgram(backendPort, script('backends.ts'), [String(backendPort)]);
    await using _sidecar = await startProgram(sidecarPort, script('sidecar-program.ts'), [
      String(sidecarPort),
      String(backendPort),
    ]);
    await using nginx = await startProgram(nginxPort, 'nginx', ['-c', config, '-p', folder], {}, 'nginx');
    const path = '/details/0';
    const host = { host: 'details:9080' };
    const [direct, sidecar, proxied] = await compare([
      { url: `${backend.url}${path}` },
      { url: `http://127.0.0.1:${sidecarPort}${path}`, headers: host },
      { url: `${nginx.url}${path}` },
    ]);
    const share = (figures = direct) => ((figures?.median ?? NaN) / (direct?.median ?? NaN)).toFixed(2);
    const added = (figures = direct, key: 'p50' | 'p99' = 'p50') =>
      (figures?.[key] ?? NaN) - (direct?.[key] ?? NaN);
    const ratio = (figures = direct) =>
      `${share(figures)} of direct, p50 +${added(figures, 'p50')} ms, p99 +${added(figures, 'p99')} ms`;
    return [
      'one hop, requests/s',
      formatRates('direct', direct),
      formatRates('embedded sidecar', sidecar),
      formatRates('nginx', proxied),
      `embedded sidecar: ${ratio(sidecar)}`,
      `nginx: ${ratio(proxied)}`,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A plain reverse proxy with kept-alive connections to its backend, one worker as Node has one thread. */
function nginxConfig(folder: string, port: number, backendPort: number): string {
  return `
daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log stderr crit;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 100000000;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  upstream backend { server 127.0.0.1:${backendPort}; keepalive 64; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`;
}

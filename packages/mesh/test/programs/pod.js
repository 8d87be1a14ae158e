import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

// A workload for tests; its environment sets its behaviour.
const { env } = process;

if (env.EXIT_AT_START) {
  process.stderr.write('the moon is out of reach\n');
  process.exit(Number(env.EXIT_AT_START));
}
// It ignores SIGTERM and holds our output open.
const GRANDCHILD = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
if (env.GRANDCHILD) spawn(process.execPath, ['-e', GRANDCHILD], { stdio: 'inherit' });

const state = { isReady: env.READY !== 'false', isAlive: true };
const routes = {
  '/readyz': (response) => response.writeHead(state.isReady ? 200 : 503).end(),
  '/livez': (response) => response.writeHead(state.isAlive ? 200 : 503).end(),
  '/toggle-ready': (response) => {
    state.isReady = !state.isReady;
    response.end();
  },
  '/die': (response) => {
    state.isAlive = false;
    response.end();
  },
  '/crash': () => process.exit(7),
  '/block': (response) => {
    response.end();
    setImmediate(() => {
      for (;;);
    });
  },
  '/slow': (response) => setTimeout(() => response.end(env.HOSTNAME), 300),
  '/env': (response) => response.end(JSON.stringify({ ...env, pid: process.pid })),
};
const server = createServer((request, response) => {
  const route = routes[request.url];
  if (route) route(response);
  else response.end(env.HOSTNAME);
});
server.listen(Number(env.PORT), env.HOST);

process.on('SIGTERM', () => {
  if (!env.IGNORE_SIGTERM) server.close(() => process.exit(0));
});

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

// The workload of the test repository; its environment sets its behaviour.
const { env } = process;

if (env.EXIT_AT_START) {
  process.stderr.write('no database is configured\n');
  process.exit(Number(env.EXIT_AT_START));
}
if (env.WARN) process.stdout.write(`{"level":"warn","msg":${JSON.stringify(env.WARN)}}\n`);
const server = createServer((request, response) => {
  if (request.url === '/crash') process.exit(7);
  if (request.url === '/block') {
    response.end();
    setImmediate(() => {
      for (;;);
    });
    return;
  }
  response.end(request.url === '/pid' ? String(process.pid) : env.HOSTNAME);
});
if (env.NEVER_READY_PID_FILE) {
  writeFileSync(env.NEVER_READY_PID_FILE, String(process.pid));
  setInterval(() => {}, 1000);
} else {
  server.listen(Number(env.PORT), env.HOST);
}

process.on('SIGTERM', () => {
  if (!env.IGNORE_SIGTERM) process.exit(0);
});

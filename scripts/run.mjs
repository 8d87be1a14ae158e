// Runs a command for an npm script and ends it when npm is ended: npm passes SIGTERM on to the shell of the script only,
// and the shell ends without its children. Usage: node scripts/run.mjs COMMAND [ARGUMENT...]
import { spawn } from 'node:child_process';

const CHECK_MS = 500;

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
child.once('exit', (code) => process.exit(code ?? 1));

const shell = process.ppid;
setInterval(() => {
  if (process.ppid !== shell) child.kill('SIGTERM');
}, CHECK_MS);
// The terminal sends Ctrl-C to the command as well; this process ends with it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));

// Runs a command for an npm script, and ends it when npm is ended. Usage: node scripts/run.mjs COMMAND [ARGUMENT...]
import { spawn } from 'node:child_process';
import { onNpmEnd } from './npm-shell.mjs';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
child.once('exit', (code) => process.exit(code ?? 1));

onNpmEnd(() => child.kill('SIGTERM'));
// The terminal sends Ctrl-C to the command as well; this process ends with it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));

// Runs the end-to-end scenarios against one target. README.md lists the folders.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { CORE } from './support/core.ts';
import { missingFor } from './support/target/missing.ts';
import { isTargetName, TARGETS } from './support/target/names.ts';

const names = Object.keys(TARGETS);
const HELP = `Usage: npm run e2e [-- [--target NAME] [--context NAME] [--namespace NAME] [--core] [--name NAME] [FILTER...]]

Starts Bookinfo on a target, and runs the scenarios against it. On the target local, also what concerns this machine
and the files of deploy/, and not a target: the folders laptop, manifests,
cluster and walkthrough.

${Object.entries(TARGETS)
  .map(([name, text]) => `  ${name.padEnd(10)}${text}`)
  .join('\n')}

  --target NAME  the target (default: local)
  --context NAME, --namespace NAME
                 for the target kube: a context of the kubeconfig, and the namespace with Bookinfo
  --core         only the scenarios that every change runs on every target: ${CORE.join(', ')}
  FILTER         only files whose path contains it, such as "traffic-shifting"
  -t, --name     only scenarios whose name matches it, a regular expression
  --help         show this text

A scenario that needs what the target lacks is skipped, with the reason.
`;

process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = parsed();
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (!isTargetName(values.target)) {
    process.stderr.write(
      `--target: "${values.target}" is not a target; the targets are ${names.join(', ')}\n`,
    );
    return 2;
  }
  // Read by the target, here and in the processes of the tests.
  if (values.context !== undefined) process.env['E2E_CONTEXT'] = values.context;
  if (values.namespace !== undefined) process.env['E2E_NAMESPACE'] = values.namespace;
  const missing = await missingFor(values.target);
  if (missing !== undefined) {
    process.stderr.write(`skipping the target ${values.target}: ${missing}\n`);
    return process.env['CI'] === 'true' ? 1 : 0;
  }
  const refusal = values.target === 'kube' ? await kubeRefusal() : undefined;
  if (refusal !== undefined) {
    process.stderr.write(`${refusal}\n`);
    return 1;
  }
  const filters = values.core ? CORE.map((folder) => `scenarios/${folder}/`) : positionals;
  const pattern = values.name === '' ? [] : ['-t', values.name];
  const child = spawn('vitest', ['run', ...filters, ...pattern], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, E2E_TARGET: values.target },
  });
  // Ctrl-C reaches vitest too, which stops the target before it ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

/** Returns why the suite cannot run in the namespace; undefined when it can. */
async function kubeRefusal(): Promise<string | undefined> {
  const { checkedKube } = await import('./support/target/kube/checked-kube.ts');
  try {
    await checkedKube();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        target: { type: 'string', default: 'local' },
        context: { type: 'string' },
        namespace: { type: 'string', short: 'n' },
        core: { type: 'boolean', default: false },
        name: { type: 'string', short: 't', default: '' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}

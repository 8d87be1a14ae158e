import { Command } from 'commander';
import { applyCommand } from './commands/apply.js';
import { checkCommand } from './commands/check.js';
import { convertCommand } from './commands/convert.js';
import { controlCommand } from './commands/control.js';
import { deleteCommand } from './commands/delete.js';
import { restartCommand } from './commands/restart.js';
import { downCommand } from './commands/down.js';
import { explainCommand } from './commands/explain.js';
import { getCommand } from './commands/get.js';
import { logsCommand } from './commands/logs.js';
import { predictCommand } from './commands/predict.js';
import { sidecarCommand } from './commands/sidecar.js';
import { statusCommand } from './commands/status.js';
import { upCommand } from './commands/up.js';
import { verifyCommand } from './commands/verify.js';
import { witnessCommand } from './commands/witness.js';
import { describeError } from './describe-error.js';
import { repositoryAt } from './repository.js';
import { printError } from './output.js';

const examples = (command: string) => `
Examples:
  ${command} up
  ${command} apply -f deploy/networking/virtual-service-reviews-test-v2.yaml
  ${command} get virtualservices
  ${command} explain GET http://reviews:9080/reviews/0 --from productpage
  ${command} predict GET http://localhost:9080/productpage
  ${command} verify -f deploy/networking/virtual-service-reviews-test-v2.yaml
  ${command} delete -f deploy/networking/virtual-service-reviews-test-v2.yaml
  ${command} down`;

/** Runs the command line and sets the exit code; `root` is the repository's folder. Errors go to standard error. */
export async function run(argv: readonly string[], root: string): Promise<void> {
  surviveLostOutput();
  const repository = repositoryAt(root);
  const { command } = repository;
  const program = new Command(command)
    .description("Istio's Bookinfo under its own route rules, on this machine")
    .addCommand(upCommand(repository))
    .addCommand(downCommand(repository))
    .addCommand(statusCommand(repository))
    .addCommand(applyCommand(repository))
    .addCommand(deleteCommand(repository))
    .addCommand(restartCommand(repository))
    .addCommand(getCommand(repository))
    .addCommand(logsCommand(repository))
    .addCommand(checkCommand(repository))
    .addCommand(convertCommand(repository))
    .addCommand(explainCommand(repository))
    .addCommand(predictCommand(repository))
    .addCommand(verifyCommand(repository))
    .addCommand(witnessCommand(repository))
    // Run by compose.yaml.
    .addCommand(controlCommand(repository), { hidden: true })
    .addCommand(sidecarCommand(), { hidden: true })
    .addHelpText('after', examples(command));
  try {
    await program.parseAsync(argv);
  } catch (error) {
    printError(`${describeError(error, command)}\n`);
    process.exitCode = 1;
  }
}

/**
 * Lets the command go on when its output cannot be written: the mesh of `up` must not end because a disk is full. The exit
 * code is then 1, except when the reader has ended, such as `| head` or a closed terminal.
 */
function surviveLostOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE' || code === 'EIO') return;
      process.exitCode = 1;
      if (stream === process.stdout) printError(`The output can't be written: ${message}\n`);
    });
  }
}

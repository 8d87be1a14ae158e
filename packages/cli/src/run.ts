import { Command } from 'commander';
import { applyCommand } from './commands/apply.js';
import { checkCommand } from './commands/check.js';
import { convertCommand } from './commands/convert.js';
import { deleteCommand } from './commands/delete.js';
import { explainCommand } from './commands/explain.js';
import { getCommand } from './commands/get.js';
import { predictCommand } from './commands/predict.js';
import { upCommand } from './commands/up.js';
import { verifyCommand } from './commands/verify.js';
import { describeError } from './describe-error.js';
import { repositoryAt } from './repository.js';

const EXAMPLES = `
Examples:
  bookinfo up
  bookinfo apply -f deploy/networking/virtual-service-reviews-test-v2.yaml
  bookinfo get virtualservices
  bookinfo explain GET http://reviews:9080/reviews/0 --from productpage
  bookinfo predict GET http://localhost:9080/productpage
  bookinfo verify -f deploy/networking/virtual-service-reviews-test-v2.yaml
  bookinfo delete -f deploy/networking/virtual-service-reviews-test-v2.yaml`;

/** Runs the command line; `root` is the repository's folder. Sets the exit code, throws nothing. */
export async function run(argv: readonly string[], root: string): Promise<void> {
  ignoreClosedOutput();
  const repository = repositoryAt(root);
  const program = new Command('bookinfo')
    .description("Istio's Bookinfo under its own route rules, on this machine")
    .addCommand(upCommand(repository))
    .addCommand(applyCommand())
    .addCommand(deleteCommand())
    .addCommand(getCommand())
    .addCommand(checkCommand(repository))
    .addCommand(convertCommand(repository))
    .addCommand(explainCommand(repository))
    .addCommand(predictCommand(repository))
    .addCommand(verifyCommand(repository))
    .addHelpText('after', EXAMPLES);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = 1;
  }
}

/** A reader that has enough (`| head`), or a terminal that was closed, is no failure of ours. */
function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}

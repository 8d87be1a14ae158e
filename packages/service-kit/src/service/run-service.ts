import { LogWriter } from '@bookinfo/effects';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, type Logger } from '../logging/create-logger.js';
import { listen } from '../server/listen.js';
import type { CommonSettings } from '../settings/common-settings.js';
import { SettingsError } from '../settings/read-settings.js';
import { createService } from './create-service.js';
import type { ServiceDefinition } from './define-service.js';
import { drain } from './drain.js';

/** npm and the terminal's process group send a signal twice within this time. */
const SAME_SIGNAL_MS = 300;

/**
 * Runs a service as the main program: reads its settings, listens, and exits with 0 after SIGTERM or SIGINT. An error
 * at the start is one message on standard error and exit code 1.
 */
export async function runService<S extends CommonSettings>(definition: ServiceDefinition<S>): Promise<void> {
  // The name that ps shows and pkill matches; Node's default is MainThread.
  process.title = definition.app;
  // Standard error may be the same full disk as the log.
  process.stderr.on('error', () => undefined);
  try {
    const settings = definition.settings();
    const log = new LogWriter(process.stdout, ({ message }) => {
      process.stderr.write(`${definition.app} can't write its log any more: ${message}\n`);
    });
    const logger = await createLogger(definition.app, settings, log);
    const app = await createService(definition, settings, logger);
    await listen(app, settings);
    endOnSignal(logger, async () => {
      const code = await endCode(app, logger);
      await log.end();
      process.exit(code);
    });
  } catch (error) {
    process.stderr.write(`${definition.app} can't start: ${explain(error)}\n`);
    process.exit(1);
  }
}

/** Calls `end` on the first SIGTERM or SIGINT; one that comes later than `SAME_SIGNAL_MS` ends the process at once. */
function endOnSignal(logger: Logger, end: () => Promise<void>): void {
  let isEnding = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (isEnding) return;
    isEnding = true;
    // Without a listener, the system's default action is back.
    setTimeout(() => process.off('SIGTERM', onSignal).off('SIGINT', onSignal), SAME_SIGNAL_MS);
    logger.info(`${signal}: finishing requests in flight`);
    void end();
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
}

/** Ends the service without losing a request, and returns the exit code. */
async function endCode(app: NestFastifyApplication, logger: Logger): Promise<number> {
  try {
    const cut = await drain(app);
    if (cut > 0) logger.warn({ cut }, 'cut connections whose request did not finish in time');
    return 0;
  } catch (error) {
    logger.error({ err: error }, 'could not end cleanly');
    return 1;
  }
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const { code, message, stack, port, address } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  if (code === 'EADDRINUSE') return `port ${port} is in use; set PORT to another one`;
  if (code === 'EADDRNOTAVAIL') return `this machine has no address ${address}; set HOST to one of its own`;
  if (code === 'EACCES') return `port ${port} is not allowed for this user; set PORT to one above 1023`;
  return stack ?? message;
}

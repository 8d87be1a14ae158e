import { createLogger, type Logger } from '../logging/create-logger.js';
import { listen } from '../server/listen.js';
import type { CommonSettings } from '../settings/common-settings.js';
import { SettingsError } from '../settings/read-settings.js';
import { createService } from './create-service.js';
import type { ServiceDefinition } from './define-service.js';
import { drain } from './drain.js';

/**
 * Runs a service as the main program: reads its settings, listens, and exits with 0 after SIGTERM or SIGINT. An error
 * at the start is one message on standard error and exit code 1.
 */
export async function runService<S extends CommonSettings>(definition: ServiceDefinition<S>): Promise<void> {
  // The name that ps shows and pkill matches; Node's default is MainThread.
  process.title = definition.app;
  try {
    const settings = definition.settings();
    const logger = await createLogger(definition.app, settings);
    const app = await createService(definition, settings, logger);
    await listen(app, settings);
    exitOnSignal(logger, () => drain(app));
  } catch (error) {
    process.stderr.write(`${definition.app} can't start: ${explain(error)}\n`);
    process.exit(1);
  }
}

function exitOnSignal(logger: Logger, end: () => Promise<number>): void {
  const once = (signal: NodeJS.Signals) => {
    process.off('SIGTERM', once).off('SIGINT', once);
    logger.info(`${signal}: finishing requests in flight`);
    end().then(
      (cut) => {
        if (cut > 0) logger.warn({ cut }, 'cut connections whose request did not finish in time');
        process.exit(0);
      },
      (err: unknown) => {
        logger.error({ err }, 'could not end cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', once).on('SIGINT', once);
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

import { pino, type DestinationStream, type Logger } from 'pino';
import type { CommonSettings } from '../settings/common-settings.js';

export type { Logger, DestinationStream };

/**
 * Creates the service's logger: one JSON object a line, or one line of text with LOG_FORMAT=pretty.
 *
 * @param destination where lines go; default standard output
 */
export async function createLogger(
  app: string,
  settings: CommonSettings,
  destination: DestinationStream = pino.destination(1),
): Promise<Logger> {
  return pino(
    {
      level: settings.LOG_LEVEL,
      base: { app, version: settings.SERVICE_VERSION },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    settings.LOG_FORMAT === 'pretty' ? await prettyPrinter(destination) : destination,
  );
}

/** Loads pino-pretty only when it is needed: it would lengthen every start by a tenth. */
async function prettyPrinter(destination: DestinationStream): Promise<DestinationStream> {
  const { PinoPretty } = await import('pino-pretty');
  return PinoPretty({
    destination: destination as NodeJS.WritableStream,
    ignore: 'app,version',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
  });
}

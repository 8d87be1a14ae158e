import { pino, type DestinationStream, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { CommonSettings } from '../settings/common-settings.js';

export type { Logger, DestinationStream };

/**
 * The service's logger: a JSON object a line, or with LOG_FORMAT=pretty a line for people.
 *
 * @param destination where lines go; default standard output
 */
export function createLogger(app: string, settings: CommonSettings, destination?: DestinationStream): Logger {
  const out = destination ?? pino.destination(1);
  return pino(
    {
      base: { app, version: settings.SERVICE_VERSION },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    settings.LOG_FORMAT === 'pretty'
      ? PinoPretty({
          destination: out as NodeJS.WritableStream,
          ignore: 'app,version',
          singleLine: true,
          translateTime: 'SYS:HH:MM:ss.l',
        })
      : out,
  );
}

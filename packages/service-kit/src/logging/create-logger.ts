import { printable, printableLines } from '@bookinfo/text';
import { pino, type Logger } from 'pino';
import type { CommonSettings } from '../settings/common-settings.js';

export type { Logger };

/** Where the lines of a log go, given without their ends. */
export interface LineDestination {
  write(line: string): void;
}

/**
 * Creates the service's logger: one JSON object a line, or one line of text with LOG_FORMAT=pretty. Characters that could
 * command a terminal are escaped, also those that JSON leaves as they are; a parser of the JSON reads the original text.
 */
export async function createLogger(
  app: string,
  settings: CommonSettings,
  destination: LineDestination,
): Promise<Logger> {
  const format = settings.LOG_FORMAT === 'pretty' ? await prettyFormat() : printable;
  return pino(
    {
      level: settings.LOG_LEVEL,
      base: { app, version: settings.SERVICE_VERSION },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => destination.write(format(line.trimEnd())) },
  );
}

/** Loads pino-pretty only when it is needed: it would lengthen every start by a tenth. */
async function prettyFormat(): Promise<(line: string) => string> {
  const { prettyFactory } = await import('pino-pretty');
  const format = prettyFactory({
    // Colours are control characters too.
    colorize: false,
    ignore: 'app,version',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
  });
  // The stack of an error has several lines.
  return (line) => printableLines(format(line).trimEnd());
}

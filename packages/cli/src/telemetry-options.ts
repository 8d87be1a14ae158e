import type { TelemetryOptions } from '@bookinfo/mesh';
import { otlpCollector, zipkinCollector } from '@bookinfo/telemetry';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { printError } from './output.js';

/** The values of the options that `addTelemetryOptions` adds. */
export interface TelemetryFlags {
  zipkin?: URL;
  otlp?: URL;
  traceSampling: number;
  sharedSpans?: boolean;
}

/** Adds the options for the spans of a mesh. */
export function addTelemetryOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--zipkin <url>', 'Zipkin that the spans are sent to, such as http://localhost:9411')
        .env('BOOKINFO_ZIPKIN')
        .argParser(parseUrl),
    )
    .addOption(
      new Option(
        '--otlp <url>',
        'collector of OTLP over HTTP that the spans are sent to, such as http://localhost:4318',
      )
        .env('BOOKINFO_OTLP')
        .argParser(parseUrl),
    )
    .addOption(
      new Option('--trace-sampling <percent>', 'share of the requests from outside whose trace is recorded')
        .default(100)
        .argParser(parsePercent),
    )
    .option('--shared-spans', 'give both ends of a request one span id (default: an id for each)');
}

/** Returns the telemetry of a mesh; an outage of a collector is one line of standard error. */
export function telemetryOf({
  zipkin,
  otlp,
  traceSampling,
  sharedSpans = false,
}: TelemetryFlags): TelemetryOptions {
  return {
    collectors: [...(zipkin ? [zipkinCollector(zipkin)] : []), ...(otlp ? [otlpCollector(otlp)] : [])],
    sampledShare: traceSampling / 100,
    sharedSpans,
    onOutage: (reason) => printError(`${reason}; spans are dropped until it does\n`),
  };
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new InvalidArgumentError('It is a URL, such as http://localhost:9411.');
  return url;
}

function parsePercent(text: string): number {
  const percent = Number(text);
  if (!/^\d{1,3}(?:\.\d+)?$/.test(text) || percent > 100)
    throw new InvalidArgumentError('It is a percentage from 0 to 100.');
  return percent;
}

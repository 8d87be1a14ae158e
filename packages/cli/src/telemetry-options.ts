import type { TelemetryOptions } from '@bookinfo/mesh';
import { otlpCollector, zipkinCollector } from '@bookinfo/telemetry';
import { InvalidArgumentError, Option } from 'commander';
import { parsePort } from './options.js';
import { printError } from './output.js';

/** The values of the options below. */
export interface TelemetryFlags {
  telemetryPort?: number;
  zipkin?: URL;
  otlp?: URL;
  traceSampling: number;
  sharedSpans?: boolean;
}

/** Istio's port for metrics is 15090, and that of the admin endpoint 15000. */
const ABOVE_ADMIN_PORT = 90;

/**
 * Returns the port of the telemetry endpoint, for several meshes side by side by default in a distance from that of the admin endpoint.
 */
export function telemetryPortOf({
  telemetryPort,
  adminPort,
}: TelemetryFlags & { adminPort: number }): number {
  const isPossible = adminPort > 0 && adminPort + ABOVE_ADMIN_PORT < 2 ** 16;
  return telemetryPort ?? (isPossible ? adminPort + ABOVE_ADMIN_PORT : 0);
}

/** Returns `--telemetry-port`. */
export function telemetryPortOption(): Option {
  return new Option(
    '--telemetry-port <port>',
    'port on 127.0.0.1 of /stats/prometheus (default: 90 above the admin port, 15090)',
  ).argParser(parsePort);
}

/** Returns `--zipkin`. */
export function zipkinOption(): Option {
  return new Option('--zipkin <url>', 'Zipkin that the spans are sent to, such as http://localhost:9411')
    .env('BOOKINFO_ZIPKIN')
    .argParser(parseUrl);
}

/** Returns `--otlp`. */
export function otlpOption(): Option {
  return new Option(
    '--otlp <url>',
    'collector of OTLP over HTTP that the spans are sent to, such as http://localhost:4318',
  )
    .env('BOOKINFO_OTLP')
    .argParser(parseUrl);
}

/** Returns `--trace-sampling`. */
export function traceSamplingOption(): Option {
  return new Option('--trace-sampling <percent>', 'share of the traces that begin here that is recorded')
    .default(100)
    .argParser(parsePercent);
}

/**
 * Rejects what Envoy's tracer does not do.
 * @throws {Error} that names the option.
 */
export function refuseForEnvoy({ sharedSpans }: TelemetryFlags): void {
  if (sharedSpans)
    throw new Error('--shared-spans needs the embedded data plane: Envoys report one end of a request');
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

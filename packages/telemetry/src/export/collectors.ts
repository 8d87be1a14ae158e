import type { Collector } from './span-exporter.js';
import { otlpJson } from './otlp-json.js';
import { zipkinJson } from './zipkin-json.js';

/** Returns Zipkin's collector at the URL; a URL without a path gets that of Zipkin's API. */
export function zipkinCollector(url: URL): Collector {
  return { kind: 'zipkin', url: withPath(url, '/api/v2/spans'), encode: zipkinJson };
}

/** Returns a collector of OTLP over HTTP at the URL, such as Jaeger; a URL without a path gets that of OTLP. */
export function otlpCollector(url: URL): Collector {
  return { kind: 'otlp', url: withPath(url, '/v1/traces'), encode: otlpJson };
}

function withPath(url: URL, path: string): URL {
  return url.pathname === '/' ? new URL(path, url) : url;
}

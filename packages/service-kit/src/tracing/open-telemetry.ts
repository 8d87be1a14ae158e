import { propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { CompositePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { ServerSpans } from './server-spans.js';

// Imported only where spans are wanted: the SDK takes 100 ms and 15 MB.

/** Time for the last spans, within what a pod has for its end. */
const CLOSE_MS = 2000;

/** The forms in which the mesh's proxies and their services pass on a trace; the last one that is there wins. */
const PROPAGATOR = new CompositePropagator({
  propagators: [
    new W3CTraceContextPropagator(),
    new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
  ],
});

/**
 * Returns what records spans by the OpenTelemetry SDK and sends them to a collector of OTLP over HTTP at `endpoint`, under
 * `/v1/traces`. A collector that fails costs spans and nothing else.
 */
export function openTelemetry(endpoint: string, service: string, version: string): ServerSpans {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1000, exportTimeoutMillis: CLOSE_MS }),
    ],
  });
  const tracer = provider.getTracer(service);
  return {
    begin(method, path, headers) {
      const parent = PROPAGATOR.extract(ROOT_CONTEXT, headers, {
        get: (carrier, key) => carrier[key.toLowerCase()],
        keys: (carrier) => Object.keys(carrier),
      });
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER }, parent);
      const own = { ...headers };
      // Its former form would contradict the new span.
      delete own['b3'];
      PROPAGATOR.inject(trace.setSpan(propagation.deleteBaggage(parent), span), own, {
        set: (carrier, key, value: string) => (carrier[key.toLowerCase()] = value),
      });
      return {
        headers: own,
        end(route, status) {
          span.updateName(`${method} ${route}`);
          span.setAttributes({
            'http.request.method': method,
            'http.route': route,
            'http.response.status_code': status,
            'url.path': path,
          });
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    // It rejects when the last spans are not taken in time, which is no failure of the service.
    close: () => provider.shutdown().catch(() => undefined),
  };
}

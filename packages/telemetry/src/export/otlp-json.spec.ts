import { expect, test } from 'vitest';
import { otlpJson } from './otlp-json.js';

test('a span has the fields of OTLP in JSON: ids as hexadecimal text, times in nanoseconds as text', () => {
  const json = otlpJson([
    {
      traceId: '48485a3953bb6124',
      id: '0000000000000002',
      parentId: '0000000000000001',
      kind: 'SERVER',
      name: 'reviews.default.svc.cluster.local:9080/*',
      timestamp: 1_795_880_573_994_179,
      duration: 1000,
      localEndpoint: { serviceName: 'reviews.default' },
      annotations: [{ timestamp: 1_795_880_573_995_179, value: 'ss' }],
      tags: { 'http.status_code': '503', error: 'true' },
    },
  ]);
  expect(JSON.parse(json)).toEqual({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'reviews.default' } }] },
        scopeSpans: [
          {
            scope: { name: 'bookinfo' },
            spans: [
              {
                traceId: '000000000000000048485a3953bb6124',
                spanId: '0000000000000002',
                parentSpanId: '0000000000000001',
                name: 'reviews.default.svc.cluster.local:9080/*',
                kind: 2,
                startTimeUnixNano: '1795880573994179000',
                endTimeUnixNano: '1795880573995179000',
                attributes: [
                  { key: 'http.status_code', value: { stringValue: '503' } },
                  { key: 'error', value: { stringValue: 'true' } },
                ],
                events: [{ timeUnixNano: '1795880573995179000', name: 'ss' }],
                status: { code: 2 },
              },
            ],
          },
        ],
      },
    ],
  });
});

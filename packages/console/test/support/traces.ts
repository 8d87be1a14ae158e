import type { Span, Trace, TraceList } from '../../src/api/types.ts';

const BEGIN = Date.UTC(2026, 0, 31, 12) * 1000;
export const TRACE_ID = '463ac35c9f6413ad48485a3953bb6124';

function span(
  id: string,
  parentId: string | undefined,
  from: number,
  micros: number,
  changes: Partial<Span>,
): Span {
  return {
    id,
    ...(parentId !== undefined && { parentId }),
    kind: 'CLIENT',
    name: '',
    workload: 'default/productpage-v1',
    service: 'productpage.default.svc.cluster.local',
    startMicros: BEGIN + from,
    durationMicros: micros,
    status: 200,
    flags: [],
    tags: {
      'http.method': 'GET',
      'http.protocol': 'HTTP/1.1',
      'upstream_cluster.name': 'outbound|9080||reviews',
    },
    annotations: [],
    ...changes,
  };
}

const reviews = 'reviews.default.svc.cluster.local:9080/*';
const ratings = 'ratings.default.svc.cluster.local:9080/*';

/** A page view: reviews v2 by a weight, whose ratings were delayed, tried twice and mirrored. */
export const TRACE: Trace = {
  traceId: TRACE_ID,
  spans: [
    span('01', undefined, 0, 2_096_000, {
      workload: 'istio-system/istio-ingressgateway',
      name: 'productpage.default.svc.cluster.local:9080/productpage',
    }),
    span('02', '01', 1100, 2_094_000, {
      kind: 'SERVER',
      name: 'productpage.default.svc.cluster.local:9080/*',
    }),
    span('03', '02', 9000, 4200, { name: 'details.default.svc.cluster.local:9080/*' }),
    span('04', '03', 9400, 3300, {
      kind: 'SERVER',
      workload: 'default/details-v1',
      name: 'details.default.svc.cluster.local:9080/*',
    }),
    span('05', '02', 14_000, 2_076_000, {
      name: reviews,
      decision: {
        resource: 'VirtualService/default/reviews',
        file: 'deploy/networking/virtual-service-reviews-80-20.yaml',
        line: 18,
        route: 'http[1]',
        destination: 'outbound|9080|v2|reviews.default.svc.cluster.local',
        weight: 20,
        attempts: [{ endpoint: '127.0.0.1:41877', status: 200, micros: 2_075_000 }],
        mirrors: ['outbound|9080|v3|reviews.default.svc.cluster.local'],
      },
    }),
    span('06', '05', 15_000, 2_074_000, { kind: 'SERVER', workload: 'default/reviews-v2', name: reviews }),
    span('07', '06', 21_000, 2_065_000, {
      workload: 'default/reviews-v2',
      name: ratings,
      status: 503,
      flags: ['DI', 'UF'],
      annotations: [{ micros: BEGIN + 2_021_000, value: 'fault injected' }],
      decision: {
        resource: 'VirtualService/default/ratings',
        file: 'deploy/networking/virtual-service-ratings-test-delay.yaml',
        line: 12,
        destination: 'outbound|9080|v1|ratings.default.svc.cluster.local',
        weight: 100,
        delayMs: 2000,
        attempts: [
          { endpoint: '127.0.0.1:40111', reset: 'connection refused', micros: 900 },
          { endpoint: '127.0.0.1:40112', status: 503, micros: 2100 },
        ],
        mirrors: [],
      },
    }),
    span('08', '07', 2_023_000, 2000, {
      kind: 'SERVER',
      workload: 'default/ratings-v1',
      name: ratings,
      status: 503,
    }),
  ],
};

export const TRACES: TraceList = {
  held: 10_000,
  dropped: 1234,
  traces: Array.from({ length: 50 }, (_, index) => ({
    traceId: index === 0 ? TRACE_ID : `${TRACE_ID.slice(0, -3)}0${String(index).padStart(2, '0')}`,
    startMicros: BEGIN - index * 230_000,
    durationMicros: index % 7 === 0 ? 2_096_000 : 31_000 + index * 137,
    root: {
      name: 'productpage.default.svc.cluster.local:9080/productpage',
      method: 'GET',
      url: 'http://localhost:9080/productpage?u=normal',
      status: index % 11 === 3 ? 503 : 200,
    },
    spans: 8,
    workloads: ['istio-ingressgateway', 'productpage-v1', 'details-v1', 'reviews-v2', 'ratings-v1'],
    flags: index % 7 === 0 ? ['DI'] : [],
  })),
};

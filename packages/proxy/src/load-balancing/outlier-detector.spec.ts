import { expect, test } from 'vitest';
import { ManualClock } from '@bookinfo/testing';
import { clusterOf, outlierDetectionOf } from '@bookinfo/routing/testing';
import type { OutlierDetection } from '@bookinfo/routing';
import type { TryOutcome } from './host-monitor.js';
import { OutlierDetector } from './outlier-detector.js';

const endpoints = ['a', 'b', 'c'].map((pod, index) => ({
  address: '127.0.0.1',
  port: 1000 + index,
  pod,
  labels: {},
}));
const [a] = endpoints;

/** Three endpoints, of which all may be ejected; `fail` tells of tries at the first. */
function watch(settings: Partial<OutlierDetection>, count = 3) {
  const clock = new ManualClock();
  const detector = new OutlierDetector(clock);
  const cluster = clusterOf({
    endpoints: endpoints.slice(0, count),
    outlierDetection: outlierDetectionOf({ intervalMs: 1000, ...settings }),
  });
  const report = (outcomes: TryOutcome[], endpoint = a): void => {
    for (const outcome of outcomes) if (endpoint) detector.report(cluster, endpoint, outcome);
  };
  const healthy = (): string =>
    detector
      .withoutEjected(cluster)
      .endpoints.map(({ pod }) => pod)
      .join('');
  return { clock, detector, cluster, report, healthy };
}

test.each<[string, Partial<OutlierDetection>, TryOutcome[], string]>([
  ['enough 5xx', { consecutive5xx: 3 }, [500, 503, 599], 'bc'],
  ['an answer in between begins the count anew', { consecutive5xx: 3 }, [500, 500, 404, 500], 'abc'],
  ['no answer and one too late count as 5xx', { consecutive5xx: 2 }, ['failed', 'timed-out'], 'bc'],
  ['5xx switched off', { consecutive5xx: 0 }, [500, 500, 500, 500, 500, 500], 'abc'],
  ['gateway errors', { consecutive5xx: 0, consecutiveGatewayFailure: 2 }, [502, 504], 'bc'],
  [
    'another 5xx between gateway errors',
    { consecutive5xx: 0, consecutiveGatewayFailure: 2 },
    [502, 500, 503],
    'abc',
  ],
  [
    'failures apart from answers',
    { consecutive5xx: 2, splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailure: 3 },
    [500, 'failed', 'failed'],
    'abc',
  ],
  [
    'enough failures apart from answers',
    { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailure: 2 },
    ['failed', 'timed-out'],
    'bc',
  ],
])('%s', (_, settings, outcomes, left) => {
  const { report, healthy } = watch(settings);
  report(outcomes);
  expect(healthy()).toBe(left);
});

test.each([
  [33, 'abc'],
  [34, 'bc'],
])('with maxEjectionPercent %i of three endpoints there remain %s, as with Envoy 1.40', (percent, left) => {
  const { report, healthy } = watch({ consecutive5xx: 1, maxEjectionPercent: percent });
  report([500]);
  report([500], endpoints[1]);
  expect(healthy()).toBe(left);
});

test('an ejection ends with the interval in which its time is over, the next takes longer, after health a step shorter', () => {
  const { clock, report, healthy } = watch({ consecutive5xx: 1, baseEjectionTimeMs: 1500 });
  const ejectedFor = (): number => {
    report([500]);
    expect(healthy()).toBe('bc');
    let seconds = 0;
    for (; healthy() === 'bc'; seconds += 1) clock.advance(1000);
    return seconds;
  };
  expect([ejectedFor(), ejectedFor(), ejectedFor()]).toEqual([2, 3, 5]);
  clock.advance(1000);
  expect(ejectedFor()).toBe(5);
  clock.advance(60_000);
  expect(ejectedFor()).toBe(2);
});

test('what was counted is forgotten when an ejection ends', () => {
  const { clock, report, healthy } = watch({ consecutive5xx: 2, baseEjectionTimeMs: 1000 });
  report([500, 500, 500]);
  clock.advance(1000);
  report([500]);
  expect(healthy()).toBe('abc');
});

/** Who is left when all fail. */
function leftOfNone(minHealthPercent: number): string {
  const { report, healthy } = watch({ consecutive5xx: 1, minHealthPercent });
  for (const endpoint of endpoints) report([500], endpoint);
  return healthy();
}

test('when too few are left all are asked (minHealthPercent), else perhaps nobody', () => {
  expect([leftOfNone(0), leftOfNone(1)]).toEqual(['', 'abc']);
});

test('ejections outlive a table that is replaced, not the end of their endpoint', () => {
  const { detector, cluster, report, healthy } = watch({ consecutive5xx: 1 });
  const table = (some: typeof endpoints) => ({
    routeConfigurations: new Map(),
    clusters: new Map([[cluster.name, { ...cluster, endpoints: some }]]),
    unmatchedHost: 'passthrough' as const,
  });
  report([500]);
  detector.retain(table(endpoints));
  expect(healthy()).toBe('bc');
  detector.retain(table(endpoints.slice(1)));
  expect(healthy()).toBe('abc');
});

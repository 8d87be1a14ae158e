import { expect, test } from 'vitest';
import { ManualClock } from '@bookinfo/testing';
import { clusterOf, outlierDetectionOf } from '@bookinfo/routing/testing';
import type { OutlierDetection } from '@bookinfo/routing';
import type { AttemptOutcome } from './host-monitor.js';
import { OutlierDetector } from './outlier-detector.js';

const endpoints = ['a', 'b', 'c'].map((pod, index) => ({
  address: '127.0.0.1',
  port: 1000 + index,
  pod,
  labels: {},
}));
const [a] = endpoints;

/** A detector of three endpoints, all of which may be ejected; `report` reports attempts at the first. */
function startDetector(settings: Partial<OutlierDetection>, count = 3) {
  const clock = new ManualClock();
  const detector = new OutlierDetector(clock);
  const cluster = clusterOf({
    endpoints: endpoints.slice(0, count),
    outlierDetection: outlierDetectionOf({ intervalMs: 1000, ...settings }),
  });
  const report = (outcomes: AttemptOutcome[], endpoint = a): void => {
    for (const outcome of outcomes) if (endpoint) detector.report(cluster, endpoint, outcome);
  };
  const healthy = (): string =>
    detector
      .withoutEjected(cluster)
      .endpoints.map(({ pod }) => pod)
      .join('');
  return { clock, detector, cluster, report, healthy };
}

test.each<[string, Partial<OutlierDetection>, AttemptOutcome[], string]>([
  ['enough 5xx eject the endpoint', { consecutive5xx: 3 }, [500, 503, 599], 'bc'],
  ['another response resets the count', { consecutive5xx: 3 }, [500, 500, 404, 500], 'abc'],
  ['a failed connection and a timeout count as 5xx', { consecutive5xx: 2 }, ['failed', 'timed-out'], 'bc'],
  ['a limit of 0 switches 5xx off', { consecutive5xx: 0 }, [500, 500, 500, 500, 500, 500], 'abc'],
  [
    'enough gateway errors eject the endpoint',
    { consecutive5xx: 0, consecutiveGatewayFailure: 2 },
    [502, 504],
    'bc',
  ],
  [
    'another 5xx resets the count of gateway errors',
    { consecutive5xx: 0, consecutiveGatewayFailure: 2 },
    [502, 500, 503],
    'abc',
  ],
  [
    'with splitExternalLocalOriginErrors, local failures do not count as 5xx',
    { consecutive5xx: 2, splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailure: 3 },
    [500, 'failed', 'failed'],
    'abc',
  ],
  [
    'with splitExternalLocalOriginErrors, enough local failures eject the endpoint',
    { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailure: 2 },
    ['failed', 'timed-out'],
    'bc',
  ],
])('%s', (_, settings, outcomes, left) => {
  const { report, healthy } = startDetector(settings);
  report(outcomes);
  expect(healthy()).toBe(left);
});

test.each([
  [33, 'abc'],
  [34, 'bc'],
])('with maxEjectionPercent %i the endpoints %s of three remain, as with Envoy 1.40', (percent, left) => {
  const { report, healthy } = startDetector({ consecutive5xx: 1, maxEjectionPercent: percent });
  report([500]);
  report([500], endpoints[1]);
  expect(healthy()).toBe(left);
});

test('an ejection ends with the interval in which its time is over; each one is longer, and after healthy intervals shorter', () => {
  const { clock, report, healthy } = startDetector({ consecutive5xx: 1, baseEjectionTimeMs: 1500 });
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

test('after many ejections healthy intervals shorten the next one as soon as after five', () => {
  // Five times the base ejection time is the longest ejection, 300 s.
  const { clock, report, healthy } = startDetector({ consecutive5xx: 1, baseEjectionTimeMs: 60_000 });
  const ejectedForIntervals = (): number => {
    report([500]);
    let intervals = 0;
    for (; healthy() === 'bc'; intervals += 1) clock.advance(1000);
    return intervals;
  };
  const ejections = Array.from({ length: 12 }, ejectedForIntervals);
  expect(ejections).toEqual([60, 120, 180, 240, ...Array.from({ length: 8 }, () => 300)]);
  clock.advance(4 * 1000);
  expect(ejectedForIntervals()).toBe(120);
  clock.advance(2 * 1000);
  expect(ejectedForIntervals()).toBe(60);
});

test('the counts are reset when an ejection ends', () => {
  const { clock, report, healthy } = startDetector({ consecutive5xx: 2, baseEjectionTimeMs: 1000 });
  report([500, 500, 500]);
  clock.advance(1000);
  report([500]);
  expect(healthy()).toBe('abc');
});

/** Returns the endpoints that remain after all have failed. */
function remainingAfterFailures(minHealthPercent: number): string {
  const { report, healthy } = startDetector({ consecutive5xx: 1, minHealthPercent });
  for (const endpoint of endpoints) report([500], endpoint);
  return healthy();
}

test('when fewer than minHealthPercent remain, all endpoints are used; with 0 perhaps none', () => {
  expect([remainingAfterFailures(0), remainingAfterFailures(1)]).toEqual(['', 'abc']);
});

test('an ejection survives the replacement of the table, but not the removal of its endpoint', () => {
  const { detector, cluster, report, healthy } = startDetector({ consecutive5xx: 1 });
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

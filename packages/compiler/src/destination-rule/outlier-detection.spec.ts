import { expect, test } from 'vitest';
import { compileOutlierDetection } from './outlier-detection.js';

const DEFAULTS = {
  consecutive5xx: 5,
  consecutiveGatewayFailure: 0,
  consecutiveLocalOriginFailure: 0,
  splitExternalLocalOriginErrors: false,
  intervalMs: 10_000,
  baseEjectionTimeMs: 30_000,
  maxEjectionPercent: 10,
  minHealthPercent: 0,
};

test.each([
  [{}, {}],
  [
    { consecutive5xxErrors: 0, consecutiveGatewayErrors: 3 },
    { consecutive5xx: 0, consecutiveGatewayFailure: 3 },
  ],
  [
    { interval: { ms: 1000, text: '1s' }, baseEjectionTime: { ms: 120_000, text: '2m' } },
    { intervalMs: 1000, baseEjectionTimeMs: 120_000 },
  ],
  [{ maxEjectionPercent: 0, minHealthPercent: 50 }, { minHealthPercent: 50 }],
  [
    { splitExternalLocalOriginErrors: true },
    { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailure: 5 },
  ],
  [
    { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 2 },
    { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailure: 2 },
  ],
])('%j', (settings, compiled) => {
  expect(compileOutlierDetection(settings)).toEqual({ ...DEFAULTS, ...compiled });
});

import { formatTable } from '@bookinfo/text';
import type { Outcome } from './load.ts';
import type { Cost } from './run-scenarios.ts';

const COLUMNS = [
  'REPLICAS',
  'FAULT',
  'N',
  'GOOD',
  'PARTIAL',
  'LOST',
  'SLOWEST',
  'GOOD AFTER',
  'MEMORY',
  'DESCRIPTORS',
  '',
];

/** Returns the rate of each mesh, and a table with a line for each scenario. */
export function costLines(costs: readonly Cost[]): string[] {
  return [...new Set(costs.map(rateOf)), '', formatTable({ columns: COLUMNS, rows: costs.map(rowOf) })];
}

/** Checks whether a scenario cost a response that it must not cost. */
export function isFailure({ scenario, outcomes }: Cost): boolean {
  return scenario.losesNothing && outcomes.some(({ kind }) => kind !== 'good');
}

function rateOf({ scenario, calibration }: Cost): string {
  return `replicas ${scenario.replicas}: ${calibration.rate} pages/s of ${calibration.possible} possible`;
}

function rowOf(cost: Cost): string[] {
  const { scenario, outcomes, untilGoodMs, before, after } = cost;
  const count = (wanted: Outcome['kind']): string =>
    String(outcomes.filter(({ kind }) => kind === wanted).length);
  return [
    String(scenario.replicas),
    scenario.name,
    String(outcomes.length),
    count('good'),
    count('partial'),
    count('lost'),
    seconds(Math.max(...outcomes.map(({ milliseconds }) => milliseconds))),
    seconds(untilGoodMs),
    `${before.megabytes} to ${after.megabytes} MB`,
    `${before.descriptors} to ${after.descriptors}`,
    `${isFailure(cost) ? 'FAILS: ' : ''}${detailsOf(outcomes).join(', ')}`,
  ];
}

/** Counts what the lost and partial responses were. */
function detailsOf(outcomes: readonly Outcome[]): string[] {
  const failed = outcomes.filter(({ kind }) => kind !== 'good');
  return [...Map.groupBy(failed, ({ detail }) => detail)].map(
    ([detail, { length }]) => `${length} x ${detail}`,
  );
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

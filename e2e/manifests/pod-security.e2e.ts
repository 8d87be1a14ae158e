import { describe, expect, it } from 'vitest';
import { STANDARDS } from './pod-security-rules.ts';
import { workloads } from './workloads.ts';

const all = workloads();

describe.each(Object.entries(STANDARDS))('%s: every workload', (_standard, rules) => {
  it.each(Object.entries(rules))('%s', (_rule, violates) => {
    expect(all.filter(violates).map(({ name }) => name)).toEqual([]);
  });
});

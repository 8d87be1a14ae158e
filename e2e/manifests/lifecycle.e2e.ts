import { describe, expect, it } from 'vitest';
import { programs, workloads } from './workloads.ts';

/** Limit of a drain in service-kit, in seconds. */
const longestDrain = 25;

describe.each(programs())('$name', ({ pod, containers: [container] }) => {
  it('is ready when /readyz says so, and has 30 s to get there', () => {
    const ready = { path: '/readyz', port: 9080 };
    expect(container?.readinessProbe?.httpGet).toEqual(ready);
    expect(container?.startupProbe).toEqual({
      httpGet: ready,
      initialDelaySeconds: 1,
      periodSeconds: 1,
      failureThreshold: 30,
    });
  });

  it('is restarted when /livez fails, which readiness and faults do not touch', () => {
    expect(container?.livenessProbe?.httpGet).toEqual({ path: '/livez', port: 9080 });
  });

  it('may sleep and then drain in full before it is killed', () => {
    const [program, seconds] = container?.lifecycle?.preStop?.exec?.command ?? [];
    expect(program).toBe('sleep');
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(Number(seconds) + longestDrain);
  });
});

describe.each(workloads())('$name', ({ containers: [container] }) => {
  it('requests CPU and memory, and limits memory only', () => {
    expect(Object.keys(container?.resources?.requests ?? {})).toEqual(['cpu', 'memory']);
    expect(Object.keys(container?.resources?.limits ?? {})).toEqual(['memory']);
  });
});

import type { IContainer } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { programs, type Workload, workloads } from './workloads.ts';

const all = workloads();

/** Returns the names of the workloads that violate a rule, so that a failure shows them. */
function offenders(breaks: (workload: Workload) => boolean, among = all): string[] {
  return among.filter(breaks).map(({ name }) => name);
}

function offendingContainers(breaks: (container: IContainer, workload: Workload) => boolean): string[] {
  return offenders((workload) => workload.containers.some((container) => breaks(container, workload)));
}

/** Kubernetes lists the fields of each rule at https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
describe('Pod Security Standard baseline: no workload', () => {
  it('is a Windows host process', () => {
    expect(offenders(({ pod }) => pod.securityContext?.windowsOptions?.hostProcess === true)).toEqual([]);
    expect(offendingContainers((c) => c.securityContext?.windowsOptions?.hostProcess === true)).toEqual([]);
  });

  it('shares a namespace of the host', () => {
    expect(offenders(({ pod }) => [pod.hostNetwork, pod.hostPID, pod.hostIPC].includes(true))).toEqual([]);
  });

  it('is privileged', () => {
    expect(offendingContainers((c) => c.securityContext?.privileged === true)).toEqual([]);
  });

  it('adds a capability', () => {
    expect(offendingContainers((c) => c.securityContext?.capabilities?.add !== undefined)).toEqual([]);
  });

  it('uses a port of the host', () => {
    expect(offendingContainers((c) => c.ports?.some((port) => port.hostPort !== undefined) ?? false)).toEqual(
      [],
    );
  });

  it('points a probe or a lifecycle hook at another host', () => {
    expect(offendingContainers((c) => handlersOf(c).some(namesHost))).toEqual([]);
  });

  it('overrides AppArmor or SELinux', () => {
    expect(offenders(({ pod }) => overridesMandatoryAccess(pod.securityContext))).toEqual([]);
    expect(offendingContainers((c) => overridesMandatoryAccess(c.securityContext))).toEqual([]);
  });

  it('unmasks /proc', () => {
    expect(offendingContainers((c) => c.securityContext?.procMount !== undefined)).toEqual([]);
  });

  it('sets a sysctl', () => {
    expect(offenders(({ pod }) => pod.securityContext?.sysctls !== undefined)).toEqual([]);
  });
});

describe('Pod Security Standard restricted: every workload', () => {
  it('mounts nothing but emptyDir volumes', () => {
    expect(offenders(({ pod }) => !(pod.volumes ?? []).every(isEmptyDir))).toEqual([]);
  });

  it('forbids privilege escalation', () => {
    expect(offendingContainers((c) => c.securityContext?.allowPrivilegeEscalation !== false)).toEqual([]);
  });

  it('must run as a user other than root', () => {
    expect(offenders(({ pod }) => pod.securityContext?.runAsNonRoot !== true)).toEqual([]);
    expect(offendingContainers((c) => c.securityContext?.runAsNonRoot === false)).toEqual([]);
  });

  // The user of a database's image is a name, which Kubernetes cannot tell from root.
  it('names no user itself, unless it is a database, so that OpenShift can assign one', () => {
    expect(offenders(({ pod }) => pod.securityContext?.runAsUser !== undefined, programs())).toEqual([]);
    expect(offendingContainers((c) => c.securityContext?.runAsUser !== undefined)).toEqual([]);
  });

  it("uses the runtime's default seccomp profile", () => {
    expect(offenders(({ pod }) => pod.securityContext?.seccompProfile?.type !== 'RuntimeDefault')).toEqual(
      [],
    );
    expect(offendingContainers((c) => c.securityContext?.seccompProfile !== undefined)).toEqual([]);
  });

  it('drops all capabilities', () => {
    expect(offendingContainers((c) => c.securityContext?.capabilities?.drop?.join() !== 'ALL')).toEqual([]);
  });
});

describe('beyond the standard, every workload', () => {
  it('has a read-only root file system', () => {
    expect(offendingContainers((c) => c.securityContext?.readOnlyRootFilesystem !== true)).toEqual([]);
  });

  it('gets no token of the Kubernetes API, which it never calls', () => {
    expect(offenders(({ pod }) => pod.automountServiceAccountToken !== false)).toEqual([]);
  });
});

function overridesMandatoryAccess(context?: {
  appArmorProfile?: unknown;
  seLinuxOptions?: unknown;
}): boolean {
  return context?.appArmorProfile !== undefined || context?.seLinuxOptions !== undefined;
}

function handlersOf({ startupProbe, readinessProbe, livenessProbe, lifecycle }: IContainer) {
  return [startupProbe, readinessProbe, livenessProbe, lifecycle?.preStop, lifecycle?.postStart];
}

function namesHost(handler: ReturnType<typeof handlersOf>[number]): boolean {
  return (handler?.httpGet?.host ?? handler?.tcpSocket?.host) !== undefined;
}

function isEmptyDir(volume: object): boolean {
  return Object.keys(volume).toSorted().join() === 'emptyDir,name';
}

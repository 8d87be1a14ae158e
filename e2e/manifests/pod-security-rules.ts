import type { IContainer } from 'kubernetes-models/v1';
import { isProgram, type Workload } from './workloads.ts';

/** Returns true for a workload that violates the rule. */
type Violation = (workload: Workload) => boolean;

const anyContainer =
  (breaks: (container: IContainer) => boolean): Violation =>
  ({ containers }) =>
    containers.some(breaks);

/** Kubernetes lists the fields of each rule at https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const BASELINE: Record<string, Violation> = {
  'is no Windows host process': ({ pod, containers }) =>
    [pod, ...containers].some((each) => each.securityContext?.windowsOptions?.hostProcess === true),
  'shares no namespace of the host': ({ pod }) => [pod.hostNetwork, pod.hostPID, pod.hostIPC].includes(true),
  'is not privileged': anyContainer((c) => c.securityContext?.privileged === true),
  'adds no capability': anyContainer((c) => c.securityContext?.capabilities?.add !== undefined),
  'uses no port of the host': anyContainer(
    (c) => c.ports?.some((port) => port.hostPort !== undefined) ?? false,
  ),
  'points no probe or lifecycle hook at another host': anyContainer((c) => handlersOf(c).some(namesHost)),
  'does not override AppArmor or SELinux': ({ pod, containers }) =>
    [pod, ...containers].some((each) => overridesMandatoryAccess(each.securityContext)),
  'does not unmask /proc': anyContainer((c) => c.securityContext?.procMount !== undefined),
  'sets no sysctl': ({ pod }) => pod.securityContext?.sysctls !== undefined,
};

const RESTRICTED: Record<string, Violation> = {
  'mounts nothing but emptyDir volumes': ({ pod }) => !(pod.volumes ?? []).every(isEmptyDir),
  'forbids privilege escalation': anyContainer((c) => c.securityContext?.allowPrivilegeEscalation !== false),
  'must run as a user other than root': ({ pod, containers }) =>
    pod.securityContext?.runAsNonRoot !== true ||
    containers.some((c) => c.securityContext?.runAsNonRoot === false),
  // The user of a database's image is a name, which Kubernetes cannot tell from root.
  'names no user itself, unless it is a database, so that OpenShift can assign one': (workload) =>
    (isProgram(workload) && workload.pod.securityContext?.runAsUser !== undefined) ||
    workload.containers.some((c) => c.securityContext?.runAsUser !== undefined),
  "uses the runtime's default seccomp profile": ({ pod, containers }) =>
    pod.securityContext?.seccompProfile?.type !== 'RuntimeDefault' ||
    containers.some((c) => c.securityContext?.seccompProfile !== undefined),
  'drops all capabilities': anyContainer((c) => c.securityContext?.capabilities?.drop?.join() !== 'ALL'),
};

const BEYOND: Record<string, Violation> = {
  'has a read-only root file system': anyContainer((c) => c.securityContext?.readOnlyRootFilesystem !== true),
  'gets no token of the Kubernetes API, which it never calls': ({ pod }) =>
    pod.automountServiceAccountToken !== false,
};

/** What every workload does or does not, by the standard that asks for it. */
export const STANDARDS = {
  'Pod Security Standard baseline': BASELINE,
  'Pod Security Standard restricted': RESTRICTED,
  'beyond the standard': BEYOND,
};

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

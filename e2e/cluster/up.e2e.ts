import { describe, expect, it } from 'vitest';
import { changes, CONTEXT, EMPTY_CLUSTER, withIstio } from './answers.ts';
import { run, type Stubs } from './stubs.ts';

const { kubectl, istioctl, curl } = EMPTY_CLUSTER;
const on = ['--context', CONTEXT];

describe('deploy/cluster/up', () => {
  it('installs Istio, Bookinfo with injection and the addons, and ends with a table of URLs', async () => {
    const { code, stdout, stderr, calls } = await run('up', on, EMPTY_CLUSTER);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').slice(-6)).toEqual([
      'Bookinfo    http://localhost:8080/productpage',
      'Zipkin      http://localhost:9411/zipkin/',
      'Prometheus  http://localhost:9090/query',
      'Grafana     http://localhost:3000/',
      'Kiali       http://localhost:20001/kiali',
      '',
    ]);
    expect(calls.find((call) => call.startsWith('istioctl install'))).toMatch(
      /-y -f .* --set profile=default$/,
    );
    expect(calls).toContain(
      'kubectl --context test label namespace bookinfo istio-injection=enabled --overwrite',
    );
    expect(calls.filter((call) => call.includes('port-forward'))).toHaveLength(5);
  });

  it('installs istio-cni and ambient mode where they are asked for', async () => {
    const cni = await run('up', [...on, '--cni'], EMPTY_CLUSTER);
    expect(cni.calls.find((call) => call.startsWith('istioctl install'))).toContain(
      'components.cni.enabled=true',
    );
    const { calls } = await run('up', [...on, '--ambient'], EMPTY_CLUSTER);
    expect(calls.find((call) => call.startsWith('istioctl install'))).toContain('profile=ambient');
    expect(calls.find((call) => call.includes('apply -n bookinfo -k'))).toContain('overlays/ambient');
    expect(calls.filter((call) => call.includes('istio-injection'))).toEqual([]);
  });

  it('starts a cluster of kind without a context, with images that it builds if Docker has none', async () => {
    const docker = { 'image inspect *details*': [1, 'No such image'] } as const;
    const { code, calls } = await run('up', [], { ...EMPTY_CLUSTER, kind: {}, docker });
    expect(code).toBe(0);
    expect(calls.filter((call) => call.startsWith('docker buildx'))).toEqual([
      'docker buildx bake details-v1',
    ]);
    expect(calls.filter((call) => call.startsWith('kind'))).toEqual([
      'kind get clusters',
      'kind create cluster --name bookinfo --wait 180s',
      expect.stringMatching(/^kind load docker-image --name bookinfo bookinfo\/details:0.1.0 /),
    ]);
    expect(calls).toContain('kubectl --context kind-bookinfo get --raw /readyz');
  });

  it("leaves another's Istio as it is", async () => {
    const { code, stdout, calls } = await run('up', on, withIstio('1.30.2'));
    expect(code).toBe(0);
    expect(stdout).toContain("the cluster's own Istio is left as it is\n");
    expect(calls.filter((call) => /^istioctl|istio-system/.test(call) && changes([call]).length > 0)).toEqual(
      [],
    );
  });

  it('can be run again, and then installs over its own', async () => {
    const again = {
      ...EMPTY_CLUSTER,
      kubectl: { ...kubectl, '*get namespace* -o name': 'namespace/bookinfo' },
    };
    const { code, calls } = await run('up', on, again);
    expect(code).toBe(0);
    expect(changes(calls).filter((call) => call.includes('create namespace'))).toEqual([]);
  });
});

/** What makes up refuse before it changes anything, with the sentence that it prints. */
const refusals: readonly (readonly [
  what: string,
  args: readonly string[],
  stubs: Stubs,
  sentence: string,
])[] = [
  [
    'an unknown option',
    ['--contxt', 'x'],
    EMPTY_CLUSTER,
    'there is no option --contxt; up --help lists them',
  ],
  ['an option without its name', ['--context'], EMPTY_CLUSTER, '--context needs a name behind it'],
  [
    'no kubectl',
    on,
    { istioctl, curl },
    'kubectl is not on the PATH; https://kubernetes.io/docs/tasks/tools/ says how to install it',
  ],
  [
    'no kind',
    [],
    { ...EMPTY_CLUSTER, docker: {} },
    'kind is not on the PATH; https://kind.sigs.k8s.io/docs/user/quick-start/ says how to install it',
  ],
  [
    'no istioctl, before a cluster is started',
    [],
    { kubectl, curl, docker: {}, kind: {} },
    'istioctl is not on the PATH; https://istio.io/latest/docs/setup/getting-started/ (version 1.31.4) says how to install it',
  ],
  [
    'an older istioctl',
    on,
    { ...EMPTY_CLUSTER, istioctl: { 'version *': 'client version: 1.9.4' } },
    'istioctl is of version 1.9, and 1.31.4 is what up installs: put that one on the PATH',
  ],
  [
    'Docker that does not run',
    [],
    { ...EMPTY_CLUSTER, kind: {}, docker: { version: [1, 'Cannot connect to the Docker daemon.'] } },
    'Docker cannot be used: Cannot connect to the Docker daemon.',
  ],
  [
    'a context that the kubeconfig lacks',
    on,
    { ...EMPTY_CLUSTER, kubectl: { 'config get-contexts *': [1, 'error'] } },
    'the kubeconfig has no context test; kubectl config get-contexts lists them',
  ],
  [
    'a cluster that cannot be reached',
    on,
    { ...EMPTY_CLUSTER, kubectl: { ...kubectl, '*get --raw /readyz': [1, 'connection refused'] } },
    'the cluster of the context test cannot be reached: connection refused',
  ],
  [
    'a user without the permissions',
    on,
    { ...EMPTY_CLUSTER, kubectl: { '*auth can-i create clusterroles*': [1, 'no'], ...kubectl } },
    'the user of the context test may not create clusterroles.rbac.authorization.k8s.io, which up needs; ask for the role cluster-admin',
  ],
  [
    "another's namespace",
    on,
    { ...EMPTY_CLUSTER, kubectl: { ...kubectl, '*get namespace bookinfo *': 'namespace/bookinfo' } },
    'the namespace bookinfo exists, and up did not make it: choose another by --namespace',
  ],
  [
    'half of an Istio',
    on,
    { ...EMPTY_CLUSTER, kubectl: { ...kubectl, '*get namespace istio-system *': 'namespace/istio-system' } },
    'the namespace istio-system exists without istiod: finish that installation of Istio, or delete the namespace',
  ],
  [
    'an older Istio',
    on,
    withIstio('1.24.6-distroless'),
    "the cluster's Istio is 1.24.6-distroless, and Bookinfo's rules need 1.25 or later",
  ],
  [
    'an Istio without injection',
    on,
    {
      ...withIstio('1.31.4'),
      kubectl: { ...withIstio('1.31.4')['kubectl'], '*get mutatingwebhookconfigurations *': '' },
    },
    "the cluster's Istio injects no sidecars (no webhook of the label app=sidecar-injector): use --ambient, or install it",
  ],
  [
    'an Istio without ambient mode',
    [...on, '--ambient'],
    withIstio('1.31.4'),
    "the cluster's Istio has no ambient mode (no ztunnel): leave out --ambient, or install it",
  ],
];

describe('deploy/cluster/up refuses, in one sentence and with nothing changed,', () => {
  it.each(refusals)('%s', async (_what, args, stubs, sentence) => {
    const { code, stdout, stderr, calls } = await run('up', args, stubs);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `up: ${sentence}\n` });
    expect(changes(calls)).toEqual([]);
  });
});

/** What fails on the way, with the last line that up prints. */
const failures: readonly (readonly [what: string, stubs: Stubs, sentence: string])[] = [
  [
    'Istio is not installed',
    { ...EMPTY_CLUSTER, istioctl: { ...istioctl, 'install *': [1, 'Error: webhook timed out'] } },
    'Istio cannot be installed: Error: webhook timed out',
  ],
  [
    "the Gateway API's definitions cannot be fetched",
    { ...EMPTY_CLUSTER, kubectl: { ...kubectl, '*apply --server-side *': [1, 'no such host'] } },
    "the Gateway API's definitions cannot be installed: no such host",
  ],
  [
    'an image is missing',
    {
      ...EMPTY_CLUSTER,
      kubectl: {
        ...kubectl,
        '*rollout status *': [1, 'timed out'],
        '*get pods -n bookinfo -o *waiting.message*': 'Back-off pulling image "bookinfo/details:0.1.0"',
      },
    },
    'deployment.apps/details-v1 in the namespace bookinfo does not get ready: Back-off pulling image "bookinfo/details:0.1.0"',
  ],
  [
    'a program ends again and again',
    {
      ...EMPTY_CLUSTER,
      kubectl: {
        ...kubectl,
        '*rollout status *': [1, 'timed out'],
        '*get pods -n bookinfo -o *waiting.message*': 'back-off 40s restarting failed container=details',
        '*logs -n bookinfo deployment.apps/details-v1 *': 'PORT: "x" is not a port',
      },
    },
    'deployment.apps/details-v1 in the namespace bookinfo does not get ready: it ends with: PORT: "x" is not a port',
  ],
  [
    'a pod has no sidecar',
    {
      ...EMPTY_CLUSTER,
      kubectl: { ...kubectl, '*get pods -n bookinfo -l app *': 'details-v1-7d4  details' },
    },
    'the pod details-v1-7d4 has no sidecar: see whether istiod runs, then kubectl rollout restart deployment -n bookinfo',
  ],
];

describe('deploy/cluster/up ends with one sentence when', () => {
  it.each(failures)('%s', async (_what, stubs, sentence) => {
    const { code, stderr } = await run('up', on, stubs);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `up: ${sentence}\n` });
  });
});

import { describe, expect, it } from 'vitest';
import { changes, CONTEXT, EMPTY_CLUSTER } from './answers.ts';
import { run } from './stubs.ts';

const on = ['--context', CONTEXT];
const { kubectl, istioctl } = EMPTY_CLUSTER;

/** up has made the three namespaces. */
const INSTALLED = {
  istioctl,
  kubectl: {
    ...kubectl,
    '*get namespaces -l app.kubernetes.io/managed-by=bookinfo-cluster *': 'namespace/x',
  },
};

describe('deploy/cluster/down', () => {
  it('deletes the cluster of kind', async () => {
    const { code, stdout, calls } = await run('down', [], { kind: {} });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'the cluster bookinfo is deleted\n' });
    expect(calls).toEqual(['kind delete cluster --name bookinfo']);
  });

  it('deletes from another cluster what up has made there', async () => {
    const { code, stdout, calls } = await run('down', on, INSTALLED);
    expect(code).toBe(0);
    expect(stdout).toBe(
      'the namespace bookinfo is deleted\nthe namespace bookinfo-addons is deleted\nIstio is uninstalled\n',
    );
    expect(changes(calls).map((call) => call.replace(' --context test', ''))).toEqual([
      'kubectl delete namespace bookinfo --timeout=300s',
      'kubectl delete namespace bookinfo-addons --timeout=300s',
      'kubectl delete clusterroles,clusterrolebindings -l app.kubernetes.io/managed-by=bookinfo-cluster --ignore-not-found',
      'istioctl uninstall --purge -y',
      'kubectl delete namespace istio-system --timeout=300s',
    ]);
  });

  it('leaves namespaces and an Istio that up has not made', async () => {
    const { code, calls } = await run('down', on, EMPTY_CLUSTER);
    expect(code).toBe(0);
    expect(changes(calls)).toEqual([expect.stringContaining('delete clusterroles')]);
  });

  it("deletes Bookinfo alone from a namespace that holds another's workloads", async () => {
    const shared = { '*get deployments,statefulsets,* -n bookinfo *': 'deployment.apps/shop' };
    const { code, stdout, calls } = await run('down', on, {
      istioctl,
      kubectl: { ...INSTALLED.kubectl, ...shared, '*get namespace bookinfo *': 'namespace/bookinfo' },
    });
    expect(code).toBe(0);
    expect(stdout).toContain(
      'the namespace bookinfo stays, because deployment.apps/shop is in it; Bookinfo itself is deleted\n',
    );
    expect(calls).not.toContainEqual(expect.stringContaining('delete namespace bookinfo '));
    expect(calls).toContainEqual(
      expect.stringMatching(/delete services -n bookinfo -l app.kubernetes.io\/part-of=bookinfo/),
    );
  });

  it('leaves Istio where another namespace uses it', async () => {
    const user = { '*get namespaces -o jsonpath*': 'kube-system \nshop enabled' };
    const { code, stdout, calls } = await run('down', on, {
      istioctl,
      kubectl: { ...user, ...INSTALLED.kubectl },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('Istio stays, because the namespace shop uses it\n');
    expect(calls.filter((call) => call.startsWith('istioctl'))).toEqual([]);
  });

  it('says in one sentence that a context does not exist', async () => {
    const { code, stderr } = await run('down', on, { kubectl: { 'config get-contexts *': [1, 'error'] } });
    expect(code).toBe(1);
    expect(stderr).toBe('down: the kubeconfig has no context test; kubectl config get-contexts lists them\n');
  });
});

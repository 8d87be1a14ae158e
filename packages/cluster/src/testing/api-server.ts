import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from '../kube-object.js';

/** The name of the context in the kubeconfig of a stand-in. */
export const CONTEXT = 'test';

/** What a stand-in for an API server has. */
export interface ApiServerOptions {
  objects: readonly KubeObject[];
  /** The groups of its API with their versions. Default: those of a cluster with Istio and the Gateway API. */
  groups?: Readonly<Record<string, readonly string[]>>;
  /** The plurals that its user must not read. */
  forbidden?: readonly string[];
}

/** A stand-in for an API server, and the kubeconfig of its context. */
export interface ApiServer extends AsyncDisposable {
  /** The path of the kubeconfig, for KUBECONFIG. */
  kubeConfig: string;
  /** The paths with queries that were requested. */
  requests: string[];
}

const GROUPS = {
  apps: ['v1'],
  'networking.istio.io': ['v1', 'v1beta1', 'v1alpha3'],
  'security.istio.io': ['v1'],
  'gateway.networking.k8s.io': ['v1', 'v1beta1'],
};

/** Objects in one response, so that lists of a few have several pages. */
const PAGE = 4;

/** Starts a server with the read API of Kubernetes: groups, objects, and lists in pages. */
export async function startApiServer({
  objects,
  groups = GROUPS,
  forbidden = [],
}: ApiServerOptions): Promise<ApiServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response, { objects, groups, forbidden });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  const kubeConfig = join(folder, 'config');
  const { port } = server.address() as AddressInfo;
  await writeFile(kubeConfig, kubeConfigText(`http://127.0.0.1:${port}`));
  return {
    kubeConfig,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function kubeConfigText(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': CONTEXT,
    clusters: [{ name: 'cluster', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'user', user: { token: 'secret' } }],
    contexts: [{ name: CONTEXT, context: { cluster: 'cluster', user: 'user' } }],
  });
}

function answer(
  { url = '' }: IncomingMessage,
  response: ServerResponse,
  { objects, groups, forbidden }: Required<ApiServerOptions>,
): void {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const refuse = (code: number, message: string): void => {
    send(code, { apiVersion: 'v1', kind: 'Status', status: 'Failure', code, message });
  };
  if (pathname === '/apis') return send(200, groupList(groups));
  const [, apiVersion, rest] = /^\/(?:api|apis)\/(v1|[^/]+\/[^/]+)\/(.*)$/.exec(pathname) ?? [];
  if (apiVersion === undefined || rest === undefined) return refuse(404, 'the server has no such page');
  const [, namespace, ofNamespace] = /^namespaces\/([^/]+)\/(.+)$/.exec(rest) ?? [];
  const [plural = '', name] = (ofNamespace ?? rest).split('/');
  if (forbidden.includes(plural)) return refuse(403, `${plural} is forbidden`);
  const [group = ''] = apiVersion.split('/');
  if (apiVersion !== 'v1' && !groups[group]?.includes(apiVersion.slice(group.length + 1)))
    return refuse(404, 'the server could not find the requested resource');
  const items = objects.filter(
    (each) =>
      pluralOf(each) === plural && each.apiVersion === apiVersion && each.metadata.namespace === namespace,
  );
  if (name !== undefined) {
    const found = items.find((each) => each.metadata.name === name);
    return found ? send(200, found) : refuse(404, `${plural} "${name}" not found`);
  }
  const start = Number(searchParams.get('continue') ?? 0);
  const next = start + PAGE;
  // Items of a list have no kind of their own.
  const page = items.slice(start, next).map((item) => ({ ...item, apiVersion: undefined, kind: undefined }));
  const metadata = next < items.length ? { continue: String(next) } : {};
  return send(200, { apiVersion, kind: 'List', metadata, items: page });
}

function groupList(groups: Readonly<Record<string, readonly string[]>>): unknown {
  const list = Object.entries(groups).map(([name, versions]) => ({
    name,
    versions: versions.map((version) => ({ version, groupVersion: `${name}/${version}` })),
  }));
  return { apiVersion: 'v1', kind: 'APIGroupList', groups: list };
}

function pluralOf({ kind }: KubeObject): string {
  const name = kind.toLowerCase();
  return name.endsWith('y') && !name.endsWith('ay') ? `${name.slice(0, -1)}ies` : `${name}s`;
}

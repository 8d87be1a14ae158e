import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const POD = new URL('pod.js', import.meta.url).pathname;

/** The YAML of a Service and its Deployment, whose pods run pod.js. */
export function workloadYaml(
  name: string,
  env: Record<string, string> = {},
  image = 'bookinfo/pod:1',
): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 9080, name: http }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}-v1 }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}, version: v1 } }
    spec:
      containers:
        - name: ${name}
          image: ${image}
          ports: [{ containerPort: 9080 }]
          env: ${JSON.stringify(Object.entries(env).map(([key, value]) => ({ name: key, value })))}
---`;
}

const GATEWAY = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: bookinfo-gateway }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 8080, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bookinfo }
spec: { hosts: ['*'], gateways: [bookinfo-gateway], http: [{ route: [{ destination: { host: productpage } }] }] }
`;

export interface TestRepository extends AsyncDisposable {
  root: string;
  /** Writes a file, named from the root. */
  write(file: string, text: string): Promise<void>;
}

/** A folder laid out like this repository, with two workloads and a gateway. */
export async function makeRepository(): Promise<TestRepository> {
  const root = await mkdtemp(path.join(tmpdir(), 'bookinfo-cli-'));
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  };
  await write('package.json', '{ "type": "module" }');
  await cp(POD, path.join(root, 'services/pod/dist/main.js'));
  await write('deploy/platform/kube/bookinfo.yaml', workloadYaml('productpage') + workloadYaml('reviews'));
  await write('deploy/networking/bookinfo-gateway.yaml', GATEWAY);
  await write(
    'deploy/networking/destination-rule-all.yaml',
    'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: reviews }\nspec: { host: reviews }\n',
  );
  return {
    root,
    write,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true }),
  };
}

export interface DeploymentParts {
  name?: string;
  replicas?: number;
  env?: Record<string, string>;
  image?: string;
  /** Lines of the container, such as probes. */
  container?: string[];
  graceSeconds?: number;
}

/** Returns the YAML of a Deployment whose pods run test/programs/pod.js and of a Service of the same name. */
export function deploymentYaml(parts: DeploymentParts = {}): string {
  const { name = 'echo', replicas = 1, env = {}, image = 'bookinfo/pod:1', graceSeconds = 30 } = parts;
  return [
    'apiVersion: v1',
    'kind: Service',
    `metadata: { name: ${name} }`,
    `spec: { selector: { app: ${name} }, ports: [{ port: 9080, name: http }] }`,
    '---',
    'apiVersion: apps/v1',
    'kind: Deployment',
    `metadata: { name: ${name}-v1, labels: { app: ${name}, version: v1 } }`,
    'spec:',
    `  replicas: ${replicas}`,
    `  selector: { matchLabels: { app: ${name} } }`,
    '  template:',
    `    metadata: { labels: { app: ${name}, version: v1 } }`,
    '    spec:',
    `      terminationGracePeriodSeconds: ${graceSeconds}`,
    `      serviceAccountName: bookinfo-${name}`,
    '      containers:',
    `        - name: ${name}`,
    `          image: ${image}`,
    '          ports: [{ containerPort: 9080 }]',
    '          readinessProbe: { httpGet: { path: /readyz, port: 9080 }, periodSeconds: 1, failureThreshold: 1 }',
    '          env:',
    `            - { name: VERSION, valueFrom: { fieldRef: { fieldPath: "metadata.labels['version']" } } }`,
    ...Object.entries(env).map(([key, value]) => `            - { name: ${key}, value: '${value}' }`),
    ...(parts.container ?? []).map((line) => `          ${line}`),
    '',
  ].join('\n');
}

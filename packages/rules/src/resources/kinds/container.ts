import type { z } from 'zod';
import { complain, inert, list, object, refused, unique } from '../schema/containers.js';
import { labelName } from '../schema/names.js';
import { oneOf, portNumber, text, textLike, value, wholeNumber } from '../schema/value.js';

/** What the downward API can say about a pod here. */
const fieldPath = textLike(
  /^(?:metadata\.name|metadata\.namespace|metadata\.labels\['[^']+'\]|status\.podIP|spec\.serviceAccountName)$/,
  "one of metadata.name, metadata.namespace, metadata.labels['<key>'], status.podIP, spec.serviceAccountName",
);

const valueFrom = object({
  fieldRef: object({ fieldPath, ...inert('apiVersion') }).optional(),
  secretKeyRef: object({
    name: text,
    key: text,
    optional: value<true>(
      (input) => input === true,
      'true (there are no Secrets here, so it has to do without)',
    ),
  }).optional(),
}).superRefine((source, context) => {
  if (Object.keys(source).length !== 1) complain(context, 'one of fieldRef and secretKeyRef is needed');
});

const environmentVariable = object({
  name: textLike(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/, 'the name of an environment variable'),
  value: text.optional(),
  valueFrom: valueFrom.optional(),
}).superRefine((variable, context) => {
  if (variable.value !== undefined && variable.valueFrom)
    complain(context, 'value and valueFrom exclude each other');
});

const PROBED_BY_HTTP = 'pods are probed by HTTP here';

const probe = object({
  httpGet: object({
    path: textLike(/^\//, 'a path that begins with "/"').default('/'),
    port: portNumber,
    scheme: oneOf('HTTP').optional(),
  }),
  initialDelaySeconds: wholeNumber(0).default(0),
  periodSeconds: wholeNumber(1).default(10),
  timeoutSeconds: wholeNumber(1).default(1),
  successThreshold: wholeNumber(1).default(1),
  failureThreshold: wholeNumber(1).default(3),
  ...refused({ exec: PROBED_BY_HTTP, grpc: PROBED_BY_HTTP, tcpSocket: PROBED_BY_HTTP }),
});

/** One program of a pod. */
export const container = object({
  name: labelName,
  image: textLike(/^\S+$/, 'an image, like bookinfo/reviews:0.1.0'),
  env: list(environmentVariable)
    .superRefine(unique('variable', (entry) => entry.name, ['name']))
    .default([]),
  ports: list(
    object({ containerPort: portNumber, name: labelName.optional(), protocol: oneOf('TCP').optional() }),
  ).default([]),
  startupProbe: probe.optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
  ...refused({
    args: 'an image stands for a program of this repository, which has none',
    command: 'an image stands for a program of this repository',
    envFrom: 'there are no ConfigMaps and Secrets here',
    workingDir: 'an image stands for a program of this repository',
  }),
  ...inert(
    'imagePullPolicy',
    'lifecycle',
    'resources',
    'securityContext',
    'terminationMessagePath',
    'terminationMessagePolicy',
    'volumeMounts',
  ),
});

/** One program of a pod. */
export type Container = z.infer<typeof container>;
/** An HTTP check of a pod; its periods are in seconds. */
export type Probe = z.infer<typeof probe>;

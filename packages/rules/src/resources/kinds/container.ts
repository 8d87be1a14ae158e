import { showValue } from '@bookinfo/text';
import type { z } from 'zod';
import {
  addIssue,
  ignoredFields,
  list,
  object,
  passedOverFields,
  unsupportedFields,
  unique,
} from '../schema/containers.js';
import { labelName } from '../schema/names.js';
import { boolean, oneOf, portNumber, text, textLike, wholeNumber } from '../schema/value.js';

/** The fields of a pod that the downward API supports. */
const fieldPath = textLike(
  /^(?:metadata\.name|metadata\.namespace|metadata\.labels\['[^']+'\]|status\.podIP|spec\.serviceAccountName)$/,
  "one of metadata.name, metadata.namespace, metadata.labels['<key>'], status.podIP, spec.serviceAccountName",
);

const valueFrom = object({
  fieldRef: object({ fieldPath, ...ignoredFields('apiVersion') }).optional(),
  secretKeyRef: object({
    name: text,
    key: text,
    optional: boolean.optional(),
  }).optional(),
}).superRefine((source, context) => {
  if (Object.keys(source).length !== 1) addIssue(context, 'one of fieldRef and secretKeyRef is needed');
});

/**
 * Variables by which another program than that of the image could run in a pod, which is a process of the mesh's user. By
 * what reads them; Windows ignores their case.
 */
const READ_BEFORE_THE_PROGRAM: readonly (readonly [names: RegExp, reader: string])[] = [
  [/^NODE_/i, 'Node.js'],
  [/^(?:LD_|DYLD_)/i, 'the dynamic loader'],
  [/^(?:GCONV_PATH|LOCPATH)$/i, 'the C library'],
  [/^OPENSSL_/i, 'OpenSSL'],
  [/^(?:PATH|HOME|TMPDIR)$/i, 'the system'],
];

const environmentVariable = object({
  name: textLike(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/, 'the name of an environment variable'),
  value: text.optional(),
  valueFrom: valueFrom.optional(),
}).superRefine((variable, context) => {
  const reader = READ_BEFORE_THE_PROGRAM.find(([names]) => names.test(variable.name))?.[1];
  if (reader)
    addIssue(
      context,
      `variable ${showValue(variable.name)} is not supported (${reader} reads it, and could run another program)`,
      ['name'],
    );
  if (variable.value !== undefined && variable.valueFrom)
    addIssue(context, 'value and valueFrom exclude each other');
});

const PROBED_BY_HTTP = 'pods are probed by HTTP, and without it by a connection to their port';

const probe = object({
  httpGet: object({
    path: textLike(/^\//, 'a path that begins with "/"').default('/'),
    port: portNumber,
    scheme: oneOf('HTTP').optional(),
  }).optional(),
  initialDelaySeconds: wholeNumber(0).default(0),
  periodSeconds: wholeNumber(1).default(10),
  timeoutSeconds: wholeNumber(1).default(1),
  successThreshold: wholeNumber(1).default(1),
  failureThreshold: wholeNumber(1).default(3),
  ...passedOverFields({ exec: PROBED_BY_HTTP, grpc: PROBED_BY_HTTP, tcpSocket: PROBED_BY_HTTP }),
}).transform(({ httpGet, ...settings }) => (httpGet ? { httpGet, ...settings } : undefined));

/** The program of a pod. */
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
  ...unsupportedFields({
    command: 'an image is a program of this repository',
    envFrom: 'containers get no ConfigMaps and Secrets',
    workingDir: 'an image is a program of this repository',
  }),
  ...passedOverFields({ args: 'an image is a program of this repository, which has no arguments' }),
  ...ignoredFields(
    'imagePullPolicy',
    'lifecycle',
    'resources',
    'securityContext',
    'terminationMessagePath',
    'terminationMessagePolicy',
    'volumeMounts',
  ),
});

/** The program of a pod. */
export type Container = z.infer<typeof container>;
/** An HTTP check of a pod; its periods are in seconds. */
export type Probe = NonNullable<z.infer<typeof probe>>;

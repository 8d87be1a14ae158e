import { z } from 'zod';
import {
  addIssue,
  ignoredFields,
  list,
  object,
  type PassedOver,
  passedOverFields,
} from '../schema/containers.js';
import { objectName } from '../schema/names.js';
import { oneOf, wholeNumber } from '../schema/value.js';
import { container } from './container.js';
import { labels, metadata } from './metadata.js';

const ONE_PROCESS = 'a pod is one process here';

const hasSeveral = (input: unknown): input is unknown[] => Array.isArray(input) && input.length > 1;

const podSpec = object({
  containers: z
    .preprocess((input) => (hasSeveral(input) ? input.slice(0, 1) : input), list(container, 1))
    .meta({
      passedOver: {
        level: 'note',
        reason: `all but the first: ${ONE_PROCESS}`,
        when: hasSeveral,
      } satisfies PassedOver,
    }),
  serviceAccountName: objectName.optional(),
  terminationGracePeriodSeconds: wholeNumber(0).default(30),
  restartPolicy: oneOf('Always').optional(),
  ...passedOverFields({ initContainers: ONE_PROCESS }),
  ...ignoredFields(
    'affinity',
    'automountServiceAccountToken',
    'dnsPolicy',
    'enableServiceLinks',
    'imagePullSecrets',
    'nodeSelector',
    'priorityClassName',
    'schedulerName',
    'securityContext',
    'tolerations',
    'topologySpreadConstraints',
    'volumes',
  ),
});

/** Pods of one version of a workload. */
export const deployment = object({
  apiVersion: oneOf('apps/v1'),
  kind: z.literal('Deployment'),
  metadata,
  spec: object({
    replicas: wholeNumber(0, 100).default(1),
    selector: object({ matchLabels: labels }),
    template: object({
      metadata: metadata.pick({ labels: true, annotations: true }),
      spec: podSpec,
    }),
    ...ignoredFields('minReadySeconds', 'progressDeadlineSeconds', 'revisionHistoryLimit', 'strategy'),
  }).superRefine(({ selector, template }, context) => {
    const entries = Object.entries(selector.matchLabels);
    if (entries.length === 0) addIssue(context, 'at least one label is needed', ['selector', 'matchLabels']);
    for (const [key, value] of entries) {
      if (template.metadata.labels[key] === value) continue;
      addIssue(
        context,
        `the pods of this template lack the label ${key}: ${value}, which the selector requires`,
        ['template', 'metadata', 'labels'],
      );
    }
  }),
  ...ignoredFields('status'),
});

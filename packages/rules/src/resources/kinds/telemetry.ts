import { z } from 'zod';
import {
  addIssue,
  entryUnless,
  ignoredFields,
  list,
  mapOf,
  object,
  passedOverFields,
  unsupportedFields,
} from '../schema/containers.js';
import { headerName } from '../schema/header.js';
import { boolean, oneOf, percentage, text, textLike } from '../schema/value.js';
import { labels, metadata } from './metadata.js';

const nonEmpty = textLike(/./, 'a text of at least one character');

const customTag = object({
  literal: object({ value: nonEmpty }).optional(),
  header: object({ name: headerName, defaultValue: text.default('') }).optional(),
  environment: object({ name: nonEmpty, defaultValue: text.default('') }).optional(),
  ...unsupportedFields({ formatter: "Envoy's commands are not evaluated for tags here" }),
}).superRefine(({ literal, header, environment }, context) => {
  if ([literal, header, environment].filter(Boolean).length !== 1)
    addIssue(context, 'one of literal, header and environment is needed');
});

/** A tag of spans. */
export type CustomTag = z.infer<typeof customTag>;

const tracing = object({
  match: object({ mode: oneOf('CLIENT_AND_SERVER', 'CLIENT', 'SERVER').optional() }).optional(),
  randomSamplingPercentage: percentage.optional(),
  disableSpanReporting: boolean.optional(),
  customTags: mapOf(customTag).default({}),
  ...passedOverFields({
    providers: 'spans go to the collectors that the mesh was started with',
    useRequestIdForTraceSampling: 'x-request-id does not decide on sampling here',
    enableIstioTags: 'spans always have the tags of Istio here',
    disableContextPropagation: 'a trace is always passed on here',
  }),
});

function isServerOnly(input: unknown): boolean {
  return (input as { match?: { mode?: unknown } } | null | undefined)?.match?.mode === 'SERVER';
}

/** What the proxies of the mesh, of a namespace, or of the workloads that the selector matches report of requests. */
export const telemetry = object({
  apiVersion: oneOf('telemetry.istio.io/v1', 'telemetry.istio.io/v1alpha1'),
  kind: z.literal('Telemetry'),
  metadata,
  spec: object({
    selector: object({ matchLabels: labels.default({}) }).optional(),
    tracing: list(
      entryUnless(tracing, isServerOnly, 'what is set for callers holds for both sides of a proxy here'),
    ).default([]),
    ...unsupportedFields({
      targetRef: 'a Telemetry is for the workloads of its selector here',
      targetRefs: 'a Telemetry is for the workloads of its selector here',
    }),
    ...passedOverFields({
      accessLogging: 'an option of the mesh turns the access log on',
      metrics: 'metrics always have all labels of Istio here',
    }),
  }).default({ tracing: [] }),
  ...ignoredFields('status'),
});

import { z } from 'zod';
import { addIssue, ignoredFields, list, object, passedOverFields } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { gatewayReference, labelName, objectName, wildcardHost } from '../schema/names.js';
import { MAX_INT32, text, wholeNumber } from '../schema/value.js';
import { corsPolicy } from './cors-policy.js';
import { destination } from './destination.js';
import { eachHostOnce } from './each-host-once.js';
import { exportTo } from './export-to.js';
import { httpDirectResponse } from './http-direct-response.js';
import { httpFaultInjection } from './http-fault.js';
import { headers } from './http-headers.js';
import { httpMatchRequest } from './http-match.js';
import { httpMirror, oneMirrorField } from './http-mirror.js';
import { httpRedirect } from './http-redirect.js';
import { httpRetry } from './http-retry.js';
import { httpRewrite } from './http-rewrite.js';
import { metadata } from './metadata.js';
import { networkingApiVersion } from './networking.js';
import { oneAction } from './one-action.js';
import { oneHost } from './one-host.js';

const httpRouteDestination = object({
  destination,
  weight: wholeNumber(0, MAX_INT32).optional(),
  headers: headers.optional(),
}).superRefine(oneHost);

/** One rule of a VirtualService. */
export const httpRoute = object({
  name: text.optional(),
  match: list(httpMatchRequest).default([]),
  route: list(httpRouteDestination)
    .superRefine((destinations, context) => {
      // Istio ignores the weight of a single destination.
      if (destinations.length > 1 && destinations.every(({ weight = 0 }) => weight === 0)) {
        addIssue(context, 'every weight is 0 or missing (at least one must be above 0)');
      }
    })
    .default([]),
  delegate: object({ name: objectName, namespace: labelName.optional() }).optional(),
  redirect: httpRedirect.optional(),
  directResponse: httpDirectResponse.optional(),
  rewrite: httpRewrite.optional(),
  headers: headers.optional(),
  corsPolicy: corsPolicy.optional(),
  fault: httpFaultInjection.optional(),
  timeout: duration.optional(),
  retries: httpRetry.optional(),
  ...httpMirror,
})
  .superRefine(oneAction)
  .superRefine(oneHost)
  .superRefine(oneMirrorField);

/** The gateways of a VirtualService that lists none: all sidecars. */
const MESH: string[] = ['mesh'];

/** Rules for the requests to hosts, from sidecars (`mesh`) or through gateways. */
export const virtualService = object({
  apiVersion: networkingApiVersion,
  kind: z.literal('VirtualService'),
  metadata,
  spec: object({
    hosts: list(wildcardHost).superRefine(eachHostOnce).default([]),
    exportTo,
    gateways: list(gatewayReference, 1).optional(),
    http: list(httpRoute).default([]),
    ...passedOverFields({
      tcp: 'only HTTP is routed',
      tls: 'only HTTP is routed; the server name of TLS is not read',
    }),
  })
    .superRefine(({ hosts, gateways, http, tcp, tls }, context) => {
      if (http.length === 0 && tcp === undefined && tls === undefined)
        addIssue(context, 'one of http, tcp and tls is needed');
      if (hosts.length === 0) {
        const reason = 'a VirtualService without hosts is a delegate, and has';
        if (gateways) addIssue(context, `${reason} no gateways of its own`, ['gateways']);
        for (const [index, { delegate }] of http.entries())
          if (delegate) addIssue(context, `${reason} no delegates of its own`, ['http', index, 'delegate']);
      }
      if (hosts.includes('*') && (gateways ?? MESH).includes('mesh')) {
        const message =
          '"*" is not allowed for the mesh gateway (name a host, or list only other gateways in spec.gateways)';
        addIssue(context, message, ['hosts', hosts.indexOf('*')]);
      }
    })
    .transform((spec) => ({ ...spec, gateways: spec.gateways ?? MESH })),
  ...ignoredFields('status'),
});

/** One rule of a VirtualService. */
export type IstioHTTPRoute = z.infer<typeof httpRoute>;
/** A destination and its weight. */
export type HTTPRouteDestination = z.infer<typeof httpRouteDestination>;

import { z } from 'zod';
import { addIssue, ignoredFields, list, object, unsupportedFields } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { regex } from '../schema/regex.js';
import { authority, path } from '../schema/uri.js';
import { boolean, MAX_INT32, percentage, value, wholeNumber } from '../schema/value.js';
import { configApiVersion } from './config-istio.js';
import { corsPolicy } from './cors-policy.js';
import { headerValues } from './http-headers.js';
import { headersOf } from './http-match.js';
import { istioService, sourceService } from './istio-service.js';
import { labels, metadata } from './metadata.js';

const OVERRIDE = { overrideHeaderName: 'Istio never implemented it' };

const noEmptyText = value<string>(
  (input) => typeof input === 'string' && input !== '',
  'a string that is not empty',
);

/** Istio 0.2 used ECMAScript's regular expressions; those that RE2 does not support, such as look-ahead, are refused. */
const stringMatch = object({
  exact: noEmptyText.optional(),
  prefix: noEmptyText.optional(),
  regex: regex.optional(),
}).superRefine((match, context) => {
  if (Object.keys(match).length !== 1) addIssue(context, 'one of exact, prefix and regex is needed');
});

/** All fields must match. The headers `uri`, `scheme`, `method` and `authority` are these parts of the request. */
const matchCondition = object({
  source: sourceService.optional(),
  request: object({ headers: headersOf(stringMatch) }).optional(),
  ...unsupportedFields({ tcp: 'only HTTP is routed', udp: 'only HTTP is routed' }),
});

const destinationWeight = object({
  destination: istioService.optional(),
  labels: labels.default({}),
  weight: wholeNumber(0, 100).optional(),
});

/** Istio 0.2 dropped the fraction of a percentage, which is 0 by default (pilot/proxy/envoy/fault.go). */
const httpFault = object({
  delay: object({
    percent: percentage.optional(),
    fixedDelay: duration,
    ...unsupportedFields({ exponentialDelay: 'Istio never implemented it', ...OVERRIDE }),
  }).optional(),
  abort: object({
    percent: percentage.optional(),
    httpStatus: wholeNumber(200, 600),
    ...unsupportedFields({
      grpcStatus: 'Istio never implemented it',
      http2Error: 'Istio never implemented it',
      ...OVERRIDE,
    }),
  }).optional(),
});

const spec = object({
  destination: istioService,
  precedence: wholeNumber(-MAX_INT32 - 1, MAX_INT32).default(0),
  match: matchCondition.optional(),
  route: list(destinationWeight).default([]),
  redirect: object({ uri: path.optional(), authority: authority.optional() }).optional(),
  rewrite: object({ uri: path.optional(), authority: authority.optional() }).optional(),
  appendHeaders: headerValues.optional(),
  mirror: istioService.optional(),
  corsPolicy: object({
    allowOrigin: corsPolicy.shape.allowOrigin,
    allowMethods: corsPolicy.shape.allowMethods,
    allowHeaders: corsPolicy.shape.allowHeaders,
    exposeHeaders: corsPolicy.shape.exposeHeaders,
    maxAge: corsPolicy.shape.maxAge,
    allowCredentials: corsPolicy.shape.allowCredentials,
  }).optional(),
  httpFault: httpFault.optional(),
  httpReqTimeout: object({
    simpleTimeout: object({ timeout: duration, ...unsupportedFields(OVERRIDE) }),
    ...unsupportedFields({ custom: 'Istio never implemented it' }),
  }).optional(),
  httpReqRetries: object({
    simpleRetry: object({
      attempts: wholeNumber(0, MAX_INT32),
      perTryTimeout: duration.optional(),
      ...unsupportedFields(OVERRIDE),
    }),
    ...unsupportedFields({ custom: 'Istio never implemented it' }),
  }).optional(),
  // WebSockets are always allowed, as in every Istio since 1.0.
  websocketUpgrade: boolean.optional(),
  ...unsupportedFields({ l4Fault: 'only HTTP is routed' }),
}).superRefine(checkAsIstio);

/** A rule for one service, of Istio 0.2 (istio/api 0.2.7, proxy/v1/config/route_rule.proto). */
export const routeRule = object({
  apiVersion: configApiVersion,
  kind: z.literal('RouteRule'),
  metadata,
  spec,
  ...ignoredFields('status'),
});

/** Checks a rule as istio/istio 0.3.0, pilot/model/validation.go, ValidateRouteRule, does. */
function checkAsIstio(rule: z.infer<typeof spec>, context: z.core.$RefinementCtx): void {
  const { destination, route, redirect, rewrite, httpFault: fault } = rule;
  if (Object.keys(destination.labels).length > 0)
    addIssue(context, 'labels belong to spec.route', ['destination', 'labels']);
  const total = route.reduce((sum, { weight = 0 }) => sum + weight, 0);
  const isWithoutWeight = route.length === 1 && total === 0;
  if (route.length > 0 && !isWithoutWeight && total !== 100)
    addIssue(context, `the weights total ${total} (they must total 100)`, ['route']);
  for (const [field, target] of Object.entries({ redirect, rewrite }))
    if (target && target.uri === undefined && target.authority === undefined)
      addIssue(context, 'uri or authority is needed', [field]);
  if (redirect && (route.length > 0 || fault || rewrite))
    addIssue(context, 'it excludes route, httpFault and rewrite', ['redirect']);
}

import { z } from 'zod';
import { complain, inert, list, object, refused } from '../schema/containers.js';
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

const OVERRIDE = { overrideHeaderName: 'Istio never carried it out' };

const noEmptyText = value<string>(
  (input) => typeof input === 'string' && input !== '',
  'a string that is not empty',
);

/** Istio 0.2 took ECMAScript's regular expressions; one that RE2 can't run, such as look-ahead, is refused. */
const stringMatch = object({
  exact: noEmptyText.optional(),
  prefix: noEmptyText.optional(),
  regex: regex.optional(),
}).superRefine((match, context) => {
  if (Object.keys(match).length !== 1) complain(context, 'one of exact, prefix and regex is needed');
});

/** All of it must hold. `uri`, `scheme`, `method` and `authority` are no headers but these parts of the request. */
const matchCondition = object({
  source: sourceService.optional(),
  request: object({ headers: headersOf(stringMatch) }).optional(),
  ...refused({ tcp: 'only HTTP is routed here', udp: 'only HTTP is routed here' }),
});

const destinationWeight = object({
  destination: istioService.optional(),
  labels: labels.default({}),
  weight: wholeNumber(0, 100).optional(),
});

/** The part behind the point of a percentage is cut off, and without one nothing happens (pilot/proxy/envoy/fault.go). */
const httpFault = object({
  delay: object({
    percent: percentage.optional(),
    fixedDelay: duration,
    ...refused({ exponentialDelay: 'Istio never carried it out', ...OVERRIDE }),
  }).optional(),
  abort: object({
    percent: percentage.optional(),
    httpStatus: wholeNumber(200, 600),
    ...refused({
      grpcStatus: 'Istio never carried it out',
      http2Error: 'Istio never carried it out',
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
    simpleTimeout: object({ timeout: duration, ...refused(OVERRIDE) }),
    ...refused({ custom: 'Istio never carried it out' }),
  }).optional(),
  httpReqRetries: object({
    simpleRetry: object({
      attempts: wholeNumber(0, MAX_INT32),
      perTryTimeout: duration.optional(),
      ...refused(OVERRIDE),
    }),
    ...refused({ custom: 'Istio never carried it out' }),
  }).optional(),
  // Passed through without it as well, as every Istio since 1.0 does.
  websocketUpgrade: boolean.optional(),
  ...refused({ l4Fault: 'only HTTP is routed here' }),
}).superRefine(complainAsIstio);

/** A rule for one service, of Istio 0.2 (istio/api 0.2.7, proxy/v1/config/route_rule.proto). */
export const routeRule = object({
  apiVersion: configApiVersion,
  kind: z.literal('RouteRule'),
  metadata,
  spec,
  ...inert('status'),
});

/** istio/istio 0.3.0, pilot/model/validation.go, ValidateRouteRule. */
function complainAsIstio(rule: z.infer<typeof spec>, context: z.core.$RefinementCtx): void {
  const { destination, route, redirect, rewrite, httpFault: fault } = rule;
  if (Object.keys(destination.labels).length > 0)
    complain(context, 'labels belong to spec.route', ['destination', 'labels']);
  const total = route.reduce((sum, { weight = 0 }) => sum + weight, 0);
  const isWithoutWeight = route.length === 1 && total === 0;
  if (route.length > 0 && !isWithoutWeight && total !== 100)
    complain(context, `the weights total ${total} (they must total 100)`, ['route']);
  for (const [field, target] of Object.entries({ redirect, rewrite }))
    if (target && target.uri === undefined && target.authority === undefined)
      complain(context, 'uri or authority is needed', [field]);
  if (redirect && (route.length > 0 || fault || rewrite))
    complain(context, 'it excludes route, httpFault and rewrite', ['redirect']);
}

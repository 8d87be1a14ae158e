import { z } from 'zod';
import { complain, inert, list, object, refused, unique } from '../../schema/containers.js';
import { wholeNumber } from '../../schema/value.js';
import { metadata } from '../metadata.js';
import { backendFields, checkBackend } from './backend-reference.js';
import { gatewayApiVersion, hostname, sectionName } from './common.js';
import { backendFilters, httpRouteFilters, type HTTPRouteFilter } from './http-route-filter.js';
import { ANY_REQUEST, httpRouteMatch, type HTTPRouteMatch } from './http-route-match.js';
import { parentReferences } from './parent-reference.js';
import { httpRouteRetry, httpRouteTimeouts } from './timeouts.js';

/** Of all rules of a route together. */
const MAX_MATCHES = 128;

/** One of a kind that is no Service is answered 500, as in a cluster. */
const httpBackendReference = object({
  ...backendFields,
  weight: wholeNumber(0, 1_000_000).default(1),
  filters: backendFilters,
}).superRefine(checkBackend);

const httpRouteRule = object({
  name: sectionName.optional(),
  matches: list(httpRouteMatch).max(64, 'a list of at most 64').default([ANY_REQUEST]),
  filters: httpRouteFilters,
  backendRefs: list(httpBackendReference).max(16, 'a list of at most 16').default([]),
  timeouts: httpRouteTimeouts.optional(),
  retry: httpRouteRetry.optional(),
  ...refused({ sessionPersistence: 'Istio does not do it' }),
}).superRefine(({ matches, filters, backendRefs }, context) => {
  if (backendRefs.length > 0 && filters.some(({ type }) => type === 'RequestRedirect'))
    complain(context, 'what is redirected goes to no backend', ['backendRefs']);
  for (const [index, filter] of filters.entries())
    if (replacesPrefix(filter) && !isOnePrefix(matches))
      complain(context, 'ReplacePrefixMatch wants exactly one match, of the type PathPrefix', [
        'filters',
        index,
      ]);
});

function replacesPrefix({ requestRedirect, urlRewrite }: HTTPRouteFilter): boolean {
  return (requestRedirect ?? urlRewrite)?.path?.type === 'ReplacePrefixMatch';
}

function isOnePrefix([first, ...others]: HTTPRouteMatch[]): boolean {
  return first?.path.type === 'PathPrefix' && others.length === 0;
}

/** Rules for the requests that Gateways let in, or that clients send to Services. */
export const httpRoute = object({
  apiVersion: gatewayApiVersion,
  kind: z.literal('HTTPRoute'),
  metadata,
  spec: object({
    parentRefs: parentReferences.default([]),
    hostnames: list(hostname).max(16, 'a list of at most 16').default([]),
    rules: list(httpRouteRule, 1)
      .max(16, 'a list of at most 16')
      .superRefine(unique('rule', ({ name }) => name, ['name']))
      .default([{ matches: [ANY_REQUEST], filters: [], backendRefs: [] }]),
    ...refused({ useDefaultGateways: 'there are no default Gateways here' }),
  }).superRefine(({ rules }, context) => {
    const total = rules.reduce((sum, { matches }) => sum + matches.length, 0);
    if (total > MAX_MATCHES) {
      const message = `its rules have ${total} matches together, at most ${MAX_MATCHES} are allowed`;
      complain(context, message, ['rules']);
    }
  }),
  ...inert('status'),
});

/** One rule of an HTTPRoute. */
export type HTTPRouteRule = z.infer<typeof httpRouteRule>;
/** Where its requests go. */
export type HTTPBackendReference = z.infer<typeof httpBackendReference>;

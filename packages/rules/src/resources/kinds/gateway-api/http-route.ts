import { z } from 'zod';
import { addIssue, ignoredFields, list, object, unsupportedFields, unique } from '../../schema/containers.js';
import { wholeNumber } from '../../schema/value.js';
import { metadata } from '../metadata.js';
import { backendFields, checkBackend } from './backend-reference.js';
import { gatewayApiVersion, hostname, sectionName } from './common.js';
import { httpRouteFilters, type HTTPRouteFilter } from './http-route-filter.js';
import { ANY_REQUEST, httpRouteMatch, type HTTPRouteMatch } from './http-route-match.js';
import { parentReferences } from './parent-reference.js';
import { httpRouteRetry, httpRouteTimeouts } from './timeouts.js';

/** Limit of the matches of all rules of a route. */
const MAX_MATCHES = 128;

/** A backend of another kind than Service is valid; its requests get the response 500, as in a cluster. */
const httpBackendReference = object({
  ...backendFields,
  weight: wholeNumber(0, 1_000_000).default(1),
  filters: httpRouteFilters,
}).superRefine(checkBackend);

const httpRouteRule = object({
  name: sectionName.optional(),
  matches: list(httpRouteMatch).max(64, 'a list of at most 64').default([ANY_REQUEST]),
  filters: httpRouteFilters,
  backendRefs: list(httpBackendReference).max(16, 'a list of at most 16').default([]),
  timeouts: httpRouteTimeouts.optional(),
  retry: httpRouteRetry.optional(),
  ...unsupportedFields({ sessionPersistence: 'Istio does not implement it' }),
}).superRefine(({ matches, filters, backendRefs }, context) => {
  if (backendRefs.length > 0 && filters.some(({ type }) => type === 'RequestRedirect'))
    addIssue(context, 'a rule that redirects has no backends', ['backendRefs']);
  const places = [
    { filters, path: ['filters'] },
    ...backendRefs.map((backend, index) => ({
      filters: backend.filters,
      path: ['backendRefs', index, 'filters'],
    })),
  ];
  for (const { filters: own, path } of places)
    for (const [index, filter] of own.entries())
      if (replacesPrefix(filter) && !isOnePrefix(matches))
        addIssue(context, 'ReplacePrefixMatch needs exactly one match, of the type PathPrefix', [
          ...path,
          index,
        ]);
});

function replacesPrefix({ requestRedirect, urlRewrite }: HTTPRouteFilter): boolean {
  return (requestRedirect ?? urlRewrite)?.path?.type === 'ReplacePrefixMatch';
}

function isOnePrefix([first, ...others]: HTTPRouteMatch[]): boolean {
  return first?.path.type === 'PathPrefix' && others.length === 0;
}

/** Rules for the requests through Gateways, or of clients to Services. */
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
    ...unsupportedFields({ useDefaultGateways: 'there are no default Gateways' }),
  }).superRefine(({ rules }, context) => {
    const total = rules.reduce((sum, { matches }) => sum + matches.length, 0);
    if (total > MAX_MATCHES) {
      const message = `its rules have ${total} matches together, at most ${MAX_MATCHES} are allowed`;
      addIssue(context, message, ['rules']);
    }
  }),
  ...ignoredFields('status'),
});

/** One rule of an HTTPRoute. */
export type HTTPRouteRule = z.infer<typeof httpRouteRule>;
/** A backend of a rule. */
export type HTTPBackendReference = z.infer<typeof httpBackendReference>;

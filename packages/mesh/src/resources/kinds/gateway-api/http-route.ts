import { z } from 'zod';
import { complain, inert, list, object, unique } from '../../schema/containers.js';
import { metadata } from '../metadata.js';
import { httpBackendReference } from './backend-reference.js';
import { gatewayApiVersion, hostname, sectionName } from './common.js';
import { ANY_REQUEST, httpRouteMatch } from './http-route-match.js';
import { parentReferences } from './parent-reference.js';

/** Of all rules of a route together. */
const MAX_MATCHES = 128;

const httpRouteRule = object({
  name: sectionName.optional(),
  matches: list(httpRouteMatch).max(64, 'a list of at most 64').default([ANY_REQUEST]),
  backendRefs: list(httpBackendReference).max(16, 'a list of at most 16').default([]),
});

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
      .default([{ matches: [ANY_REQUEST], backendRefs: [] }]),
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

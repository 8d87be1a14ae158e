import type { z } from 'zod';
import { addIssue, list, object, unsupportedFields } from '../../schema/containers.js';
import { oneOf, wholeNumber } from '../../schema/value.js';
import { backendFields, checkBackend } from './backend-reference.js';
import { corsFilter } from './cors-filter.js';
import { requestHeaderModifier, responseHeaderModifier } from './header-filter.js';
import { requestRedirect, urlRewrite } from './url-filters.js';

const requestMirror = object({
  backendRef: object(backendFields).superRefine(checkBackend),
  percent: wholeNumber(0, 100).optional(),
  fraction: object({ numerator: wholeNumber(0), denominator: wholeNumber(1).default(100) }).optional(),
}).superRefine(({ percent, fraction }, context) => {
  if (percent !== undefined && fraction) addIssue(context, 'percent and fraction exclude each other');
  if (fraction && fraction.numerator > fraction.denominator)
    addIssue(context, 'the numerator is greater than the denominator', ['fraction']);
});

/** The only field of each type of filter. */
const FIELDS = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  RequestMirror: 'requestMirror',
  CORS: 'cors',
} as const;

const filter = object({
  type: oneOf(
    'RequestHeaderModifier',
    'ResponseHeaderModifier',
    'RequestRedirect',
    'URLRewrite',
    'RequestMirror',
    'CORS',
  ),
  requestHeaderModifier: requestHeaderModifier.optional(),
  responseHeaderModifier: responseHeaderModifier.optional(),
  requestRedirect: requestRedirect.optional(),
  urlRewrite: urlRewrite.optional(),
  requestMirror: requestMirror.optional(),
  cors: corsFilter.optional(),
  ...unsupportedFields({
    extensionRef: 'Istio has no filter of another group',
    externalAuth: 'external authorization is not implemented',
  }),
}).superRefine((input, context) => {
  const required = FIELDS[input.type];
  const others = Object.values(FIELDS).filter((field) => field !== required && input[field] !== undefined);
  if (input[required] === undefined) addIssue(context, `type ${input.type} needs ${required}`);
  for (const other of others) addIssue(context, `type ${input.type} has no ${other}`, [other]);
});

/** The filters of a rule or of a backend, at most one of each type except RequestMirror. */
export const httpRouteFilters = list(filter)
  .max(16, 'a list of at most 16')
  .superRefine((filters, context) => {
    const types = filters.map(({ type }) => type);
    for (const [index, type] of types.entries())
      if (type !== 'RequestMirror' && types.indexOf(type) < index)
        addIssue(context, `there is already a filter of the type ${type}`, [index]);
    if (types.includes('RequestRedirect') && types.includes('URLRewrite'))
      addIssue(context, 'RequestRedirect and URLRewrite exclude each other');
  })
  .default([]);

/** A filter of a rule or a backend. */
export type HTTPRouteFilter = z.infer<typeof httpRouteFilters>[number];
/** Mirrors a fraction of the requests. */
export type RequestMirror = z.infer<typeof requestMirror>;

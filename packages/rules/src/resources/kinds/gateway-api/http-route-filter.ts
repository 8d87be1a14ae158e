import type { z } from 'zod';
import { complain, list, object, refused } from '../../schema/containers.js';
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
  if (percent !== undefined && fraction) complain(context, 'percent and fraction exclude each other');
  if (fraction && fraction.numerator > fraction.denominator)
    complain(context, 'the numerator is greater than the denominator', ['fraction']);
});

/** The field that each type of filter wants, and no other. */
const FIELDS = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  RequestMirror: 'requestMirror',
  CORS: 'cors',
} as const;

type FilterType = keyof typeof FIELDS;

function filter(...types: FilterType[]) {
  return object({
    type: oneOf(...types),
    requestHeaderModifier: requestHeaderModifier.optional(),
    responseHeaderModifier: responseHeaderModifier.optional(),
    requestRedirect: requestRedirect.optional(),
    urlRewrite: urlRewrite.optional(),
    requestMirror: requestMirror.optional(),
    cors: corsFilter.optional(),
    ...refused({
      extensionRef: 'Istio knows no filter of another group',
      externalAuth: 'there is no filter for external authorization here',
    }),
  }).superRefine((given, context) => {
    const wanted = FIELDS[given.type];
    const others = Object.values(FIELDS).filter((field) => field !== wanted && given[field] !== undefined);
    if (given[wanted] === undefined) complain(context, `type ${given.type} wants ${wanted}`);
    for (const other of others) complain(context, `type ${given.type} has no ${other}`, [other]);
  });
}

/** What else a rule does with its requests. All but mirrors stand once. */
export const httpRouteFilters = list(
  filter(
    'RequestHeaderModifier',
    'ResponseHeaderModifier',
    'RequestRedirect',
    'URLRewrite',
    'RequestMirror',
    'CORS',
  ),
)
  .max(16, 'a list of at most 16')
  .superRefine((filters, context) => {
    const types = filters.map(({ type }) => type);
    for (const [index, type] of types.entries())
      if (type !== 'RequestMirror' && types.indexOf(type) < index)
        complain(context, `a filter of the type ${type} stands there already`, [index]);
    if (types.includes('RequestRedirect') && types.includes('URLRewrite'))
      complain(context, 'RequestRedirect and URLRewrite exclude each other');
  })
  .default([]);

/** What is done for one backend alone; Istio knows no other filters here. */
export const backendFilters = list(filter('RequestHeaderModifier', 'ResponseHeaderModifier'))
  .max(16, 'a list of at most 16')
  .default([]);

/** One filter. */
export type HTTPRouteFilter = z.infer<typeof httpRouteFilters>[number];
/** A copy of some of the requests. */
export type RequestMirror = z.infer<typeof requestMirror>;

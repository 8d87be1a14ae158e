import { describe, expect, test } from 'vitest';
import { problemsOfSpec } from '../../../testing/problems-of-spec.js';

const rule = (fields: string): string[] => problemsOfSpec('HTTPRoute', `{ rules: [{ ${fields} }] }`);
const filters = (...each: string[]): string[] => rule(`filters: [${each.join(', ')}]`);
const backendFilters = (...each: string[]): string[] =>
  rule(`backendRefs: [{ name: reviews, port: 9080, filters: [${each.join(', ')}] }]`);
const redirect = (fields: string): string => `{ type: RequestRedirect, requestRedirect: { ${fields} } }`;
const rewrite = (fields: string): string => `{ type: URLRewrite, urlRewrite: { ${fields} } }`;
const mirror = (fields: string): string =>
  `{ type: RequestMirror, requestMirror: { backendRef: { name: reviews, port: 9080 }, ${fields} } }`;
const cors = (fields: string): string => `{ type: CORS, cors: { ${fields} } }`;
const REQUEST_HEADERS =
  '{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: Host, value: a }] } }';
const PREFIX = 'path: { type: ReplacePrefixMatch, replacePrefixMatch: / }';

test('all filters of Istio are accepted, and mirrors more than once', () => {
  expect(
    filters(
      REQUEST_HEADERS,
      '{ type: ResponseHeaderModifier, responseHeaderModifier: { remove: [x] } }',
      rewrite(`hostname: a.example.com, ${PREFIX}`),
      mirror('percent: 5'),
      mirror('fraction: { numerator: 1, denominator: 3 }'),
      cors('allowOrigins: [https://a.example.com], allowMethods: ["*"], maxAge: 60'),
    ),
  ).toEqual([]);
  expect(filters(redirect('scheme: https, statusCode: 308'))).toEqual([]);
  expect(backendFilters(REQUEST_HEADERS, rewrite(PREFIX), mirror('percent: 5'))).toEqual([]);
  expect(backendFilters(redirect('port: 8080'))).toEqual([]);
  expect(
    rule('timeouts: { request: 0s, backendRequest: 1h2m }, retry: { codes: [503], backoff: 10ms }'),
  ).toEqual([]);
});

describe('refused:', () => {
  test.each([
    [
      filters(REQUEST_HEADERS, REQUEST_HEADERS),
      'spec.rules[0].filters[1]: there is already a filter of the type RequestHeaderModifier',
    ],
    [
      filters(redirect(''), rewrite('')),
      'spec.rules[0].filters: RequestRedirect and URLRewrite exclude each other',
    ],
    [filters('{ type: URLRewrite }'), 'spec.rules[0].filters[0]: type URLRewrite needs urlRewrite'],
    [
      filters('{ type: URLRewrite, urlRewrite: {}, requestRedirect: {} }'),
      'spec.rules[0].filters[0].requestRedirect: type URLRewrite has no requestRedirect',
    ],
    [
      filters('{ type: ExtensionRef }'),
      'spec.rules[0].filters[0].type: "ExtensionRef" is not one of RequestHeaderModifier, ResponseHeaderModifier, RequestRedirect, URLRewrite, RequestMirror, CORS',
    ],
    [
      rule(`filters: [${redirect('')}], backendRefs: [{ name: reviews, port: 9080 }]`),
      'spec.rules[0].backendRefs: a rule that redirects has no backends',
    ],
    [
      rule(`matches: [{ path: { type: Exact, value: /a } }], filters: [${rewrite(PREFIX)}]`),
      'spec.rules[0].filters[0]: ReplacePrefixMatch needs exactly one match, of the type PathPrefix',
    ],
    [
      rule(`matches: [{}, { method: GET }], filters: [${redirect(PREFIX)}]`),
      'spec.rules[0].filters[0]: ReplacePrefixMatch needs exactly one match, of the type PathPrefix',
    ],
    [
      filters(rewrite('path: { type: ReplaceFullPath, replacePrefixMatch: / }')),
      'spec.rules[0].filters[0].urlRewrite.path: type ReplaceFullPath needs replaceFullPath, and no other field',
    ],
    [
      filters(redirect('statusCode: 304')),
      'spec.rules[0].filters[0].requestRedirect.statusCode: 304 is not one of 301, 302, 303, 307, 308',
    ],
    [
      filters(mirror('percent: 5, fraction: { numerator: 1 }')),
      'spec.rules[0].filters[0].requestMirror: percent and fraction exclude each other',
    ],
    [
      filters(mirror('fraction: { numerator: 101 }')),
      'spec.rules[0].filters[0].requestMirror.fraction: the numerator is greater than the denominator',
    ],
    [
      backendFilters(rewrite(''), rewrite('')),
      'spec.rules[0].backendRefs[0].filters[1]: there is already a filter of the type URLRewrite',
    ],
    [
      rule(
        `matches: [{ path: { type: Exact, value: /a } }], backendRefs: [{ name: reviews, port: 9080, filters: [${redirect(PREFIX)}] }]`,
      ),
      'spec.rules[0].backendRefs[0].filters[0]: ReplacePrefixMatch needs exactly one match, of the type PathPrefix',
    ],
    [
      rule('timeouts: { request: 1s, backendRequest: 2s }'),
      'spec.rules[0].timeouts: backendRequest cannot be longer than request',
    ],
    [
      rule('timeouts: { request: 1.5s }'),
      'spec.rules[0].timeouts.request: "1.5s" is not a duration like 10s, 500ms or 1h30m, of at most 596h, or 0s for none',
    ],
    [
      rule('retry: { codes: [499] }'),
      'spec.rules[0].retry.codes[0]: 499 is not a registered HTTP status from 400 to 599 (Istio ignores others)',
    ],
    [
      filters(cors('allowOrigins: ["https://example.com/"]')),
      'spec.rules[0].filters[0].cors.allowOrigins[0]: "https://example.com/" is not an origin, like https://example.com or https://*.example.com, or * for all',
    ],
    [
      filters(cors('allowMethods: [GET, "*"]')),
      'spec.rules[0].filters[0].cors.allowMethods: "*" excludes other entries',
    ],
  ])('%j', (problems, message) => {
    expect(problems).toEqual([message]);
  });
});

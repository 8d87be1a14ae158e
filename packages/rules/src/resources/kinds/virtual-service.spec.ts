import { expect, test } from 'vitest';
import { noticesOfSpec, problemsOfSpec } from '../../testing/problems-of-spec.js';

const to = 'route: [{ destination: { host: reviews } }]';
const inRule = (fields: string): string[] =>
  problemsOfSpec('VirtualService', `{ hosts: [reviews], http: [{ ${fields} }] }`);

test.each([
  `match: [{ uri: { prefix: '' }, method: {}, headers: { x: {} } }], ${to}`,
  `match: [{ uri: {} }], ${to}`,
  `match: [], ${to}`,
  `timeout: 1ms, ${to}`,
  `fault: { abort: { httpStatus: 599, percentage: { value: 0.0001 } } }, ${to}`,
  `fault: { delay: { fixedDelay: 1h2m, percent: 100 } }, ${to}`,
  `match: [{ uri: { regex: '${'a'.repeat(1024)}' } }], ${to}`,
  'route: [{ destination: { host: a }, weight: 0 }]',
  'redirect: { derivePort: FROM_PROTOCOL_DEFAULT }',
  'redirect: { uri: "/#/login", authority: "a.example:8443", scheme: https, redirectCode: 308 }',
  'directResponse: { status: 204 }',
  `headers: { request: { set: { a: '', b: '%REQ(x-a?:path):3% on %PROTOCOL%' } } }, ${to}`,
  'directResponse: { status: 599, body: { bytes: w7w= } }',
  'route: [{ destination: { host: a }, weight: 1 }, { destination: { host: b }, weight: 3 }]',
])('accepts %s', (fields) => {
  expect(inRule(fields)).toEqual([]);
});

test.each([
  ['', 'spec.http[0]: one of route, redirect, directResponse, delegate is needed'],
  ['route: []', 'spec.http[0]: one of route, redirect, directResponse, delegate is needed'],
  [`redirect: { uri: /a }, ${to}`, 'spec.http[0]: route and redirect exclude each other'],
  [
    'redirect: { uri: /a }, directResponse: { status: 200 }',
    'spec.http[0]: redirect and directResponse exclude each other',
  ],
  [
    'redirect: { uri: /a }, fault: { abort: { httpStatus: 500 } }',
    'spec.http[0]: redirect and fault exclude each other',
  ],
  [
    'redirect: {}',
    'spec.http[0].redirect: one of uri, prefixRewrite, authority, scheme, port and derivePort is needed',
  ],
  ['redirect: { uri: /a }, rewrite: { uri: /b }', 'spec.http[0]: redirect and rewrite exclude each other'],
  [`rewrite: {}, ${to}`, 'spec.http[0].rewrite: one of uri, uriRegexRewrite and authority is needed'],
  [
    `rewrite: { uri: /a, uriRegexRewrite: { match: a, rewrite: b } }, ${to}`,
    'spec.http[0].rewrite: uri and uriRegexRewrite exclude each other',
  ],
  [
    `rewrite: { uriRegexRewrite: { match: "(a)", rewrite: '\\2' } }, ${to}`,
    'spec.http[0].rewrite.uriRegexRewrite.rewrite: there is no group \\2: match has 1',
  ],
  [
    `headers: { request: { set: { connection: close } } }, ${to}`,
    'spec.http[0].headers.request.set.connection: no rule can change this header',
  ],
  [
    `headers: { request: { add: { ":path": /a } } }, ${to}`,
    'spec.http[0].headers.request.add[":path"]: no rule can change this header',
  ],
  [
    `headers: { response: { set: { host: a } } }, ${to}`,
    'spec.http[0].headers.response.set.host: no rule can change this header',
  ],
  [
    `headers: { request: { set: { host: "a b" } } }, ${to}`,
    'spec.http[0].headers.request.set.host: "a b" is not a host name like reviews:9080',
  ],
  [
    `headers: { request: { remove: [Host] } }, ${to}`,
    'spec.http[0].headers.request.remove[0]: "Host" is not the name of a header that a rule can change',
  ],
  [
    `headers: { request: { set: { x: "%UPSTREAM_HOST%" } } }, ${to}`,
    'spec.http[0].headers.request.set.x: "%UPSTREAM_HOST%" is not a value in visible ASCII, with "%%" for "%" (commands that are implemented: %REQ(name)%, %DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%, %DOWNSTREAM_DIRECT_REMOTE_ADDRESS%, %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%, %DOWNSTREAM_REMOTE_ADDRESS%, %PROTOCOL%)',
  ],
  [
    `headers: { request: { set: { x: "a\\r\\nb: c" } } }, ${to}`,
    expect.stringMatching(/^spec\.http\[0\]\.headers\.request\.set\.x: .* is not a value /),
  ],
  [
    `rewrite: { authority: a }, headers: { request: { add: { Host: b } } }, ${to}`,
    'spec.http[0]: the Host is rewritten twice, by rewrite.authority and Host',
  ],
  [
    `corsPolicy: { allowOrigins: [{}] }, ${to}`,
    'spec.http[0].corsPolicy.allowOrigins[0]: one of exact, prefix and regex is needed',
  ],
  [
    `corsPolicy: { maxAge: 1500ms }, ${to}`,
    'spec.http[0].corsPolicy.maxAge: "1500ms" is not a duration in whole seconds, like 24h, from 1s to 596h',
  ],
  [
    `corsPolicy: { allowMethods: [get] }, ${to}`,
    expect.stringMatching(/^spec\.http\[0\]\.corsPolicy\.allowMethods\[0\]: "get" is not one of GET, /),
  ],
  [
    `fault: { abort: { percentage: { value: 1 } } }, ${to}`,
    'spec.http[0].fault.abort: either httpStatus or grpcStatus is needed',
  ],
  [
    `fault: { abort: { grpcStatus: 14 } }, ${to}`,
    expect.stringMatching(/^spec\.http\[0\]\.fault\.abort\.grpcStatus: 14 is not one of OK, CANCELLED, /),
  ],
  [
    'redirect: { port: 1, derivePort: FROM_REQUEST_PORT }',
    'spec.http[0].redirect: port and derivePort exclude each other',
  ],
  [
    'redirect: { uri: /a, redirectCode: 304 }',
    'spec.http[0].redirect.redirectCode: 304 is not one of 301, 302, 303, 307, 308 (Istio accepts all of 3xx, but Envoy refuses the others)',
  ],
  [
    'redirect: { uri: "/b c" }',
    'spec.http[0].redirect.uri: "/b c" is not a path that begins with "/" (write other characters than visible ASCII as %XX)',
  ],
  [
    'redirect: { authority: "a b" }',
    'spec.http[0].redirect.authority: "a b" is not a host name, optionally with a port, like reviews:9080',
  ],
  [
    'directResponse: { status: 600 }',
    'spec.http[0].directResponse.status: 600 is not a whole number from 200 to 599 (Istio accepts 600, but Envoy refuses it)',
  ],
  [
    'directResponse: { status: 200, body: {} }',
    'spec.http[0].directResponse.body: either string or bytes is needed',
  ],
  [
    'directResponse: { status: 200, body: { bytes: /w== } }',
    'spec.http[0].directResponse.body.bytes: "/w==" is not text in UTF-8, written in Base64',
  ],
  [
    'route: [{ destination: { host: a }, weight: ten }]',
    'spec.http[0].route[0].weight: "ten" is not a whole number from 0 to 2147483647',
  ],
  [
    'route: [{ destination: { host: a }, weight: 1.5 }]',
    'spec.http[0].route[0].weight: 1.5 is not a whole number from 0 to 2147483647',
  ],
  [
    'route: [{ destination: { host: a }, weight: -1 }]',
    'spec.http[0].route[0].weight: -1 is not a whole number from 0 to 2147483647',
  ],
  [
    'route: [{ destination: { host: a } }, { destination: { host: b }, weight: 0 }]',
    'spec.http[0].route: every weight is 0 or missing (at least one must be above 0)',
  ],
  [
    'route: [{ destination: { host: "*" } }]',
    'spec.http[0].route[0].destination.host: "*" is not a host name without wildcards, like reviews or reviews.default.svc.cluster.local',
  ],
  [
    'route: [{ destination: { host: a, port: { number: 0 } } }]',
    'spec.http[0].route[0].destination.port.number: 0 is not a whole number from 1 to 65535',
  ],
  [
    `timeout: 10, ${to}`,
    'spec.http[0].timeout: 10 is not a duration in whole milliseconds, like 7s, 500ms or 1h2m, from 1ms to 596h',
  ],
  [
    `timeout: 0s, ${to}`,
    'spec.http[0].timeout: "0s" is not a duration in whole milliseconds, like 7s, 500ms or 1h2m, from 1ms to 596h',
  ],
  [
    `match: [{ headers: { end-user: } }], ${to}`,
    'spec.http[0].match[0].headers.end-user: null is not an object (with exact, prefix, regex)',
  ],
  [
    `match: [{ headers: { x: { prefix: '' } } }], ${to}`,
    'spec.http[0].match[0].headers.x.prefix: "" is not a string that is not empty ({} matches any value)',
  ],
  [
    `match: [{ headers: { '@request.auth.claims.sub': { exact: a } } }], ${to}`,
    'spec.http[0].match[0].headers["@request.auth.claims.sub"]: claims are not supported (no token is read here, so that no request would match)',
  ],
  [
    `match: [{ uri: { exact: /a, prefix: /b } }], ${to}`,
    'spec.http[0].match[0].uri: exact, prefix and regex exclude each other',
  ],
  [
    `match: [{ uri: { regex: '(?=a)b' } }], ${to}`,
    'spec.http[0].match[0].uri.regex: "(?=a)b" is not a regular expression in RE2 syntax: invalid or unsupported Perl syntax: `(?=`',
  ],
  [
    `match: [{ uri: { regex: '(a)\\1' } }], ${to}`,
    'spec.http[0].match[0].uri.regex: "(a)\\\\1" is not a regular expression in RE2 syntax: invalid escape sequence: `\\1`',
  ],
  [
    `match: [{ uri: { regex: '' } }], ${to}`,
    'spec.http[0].match[0].uri.regex: "" is not a regular expression in RE2 syntax: it is empty ({} matches any value)',
  ],
  [`fault: {}, ${to}`, 'spec.http[0].fault: a delay or an abort is needed'],
  [
    `fault: { delay: { percent: 1 } }, ${to}`,
    expect.stringMatching(/^spec\.http\[0\]\.fault\.delay\.fixedDelay is missing /),
  ],
  [
    `fault: { abort: { httpStatus: 199 } }, ${to}`,
    'spec.http[0].fault.abort.httpStatus: 199 is not a whole number from 200 to 599 (Istio accepts 600, but Envoy refuses it)',
  ],
  [
    `fault: { abort: { httpStatus: 500, percentage: { value: 101 } } }, ${to}`,
    'spec.http[0].fault.abort.percentage.value: 101 is not a number from 0 to 100',
  ],
  [
    `fault: { abort: { httpStatus: 500, percentage: { value: .nan } } }, ${to}`,
    'spec.http[0].fault.abort.percentage.value: NaN is not a number from 0 to 100',
  ],
  [
    `fault: { abort: { httpStatus: 500, percentage: 50 } }, ${to}`,
    'spec.http[0].fault.abort.percentage: 50 is not an object (with value)',
  ],
])('refuses %s', (fields, message) => {
  expect(inRule(fields)).toEqual([message]);
});

test('a regular expression has at most 1024 characters', () => {
  expect(inRule(`match: [{ uri: { regex: '${'a'.repeat(1025)}' } }], ${to}`)).toEqual([
    expect.stringMatching(/it has 1025 characters, at most 1024 are allowed$/),
  ]);
});

test.each([
  "withoutHeaders: { x: {}, z: { regex: '*' }, w: { exact: a } }",
  'queryParams: { x: {}, v: { exact: a }, z: { prefix: a }, w: { regex: a.* } }',
  'headers: { x: {}, ":method": { exact: GET } }',
  'scheme: { exact: http }, authority: { prefix: a }, statPrefix: a, port: 9080',
  'sourceLabels: { app: productpage }, sourceNamespace: default, gateways: [mesh, ./front, a/b]',
])('a match can have %s', (fields) => {
  expect(inRule(`match: [{ ${fields} }], ${to}`)).toEqual([]);
});

test.each([
  ['withoutHeaders: { x: null }', 'withoutHeaders.x: null is not an object (with exact, prefix, regex)'],
  ['headers: { x: null }', 'headers.x: null is not an object (with exact, prefix, regex)'],
  [
    "headers: { x: { regex: '*' } }",
    'headers.x.regex: "*" is not a regular expression in RE2 syntax: missing argument to repetition operator: `*`',
  ],
  [
    'queryParams: { x: { prefix: "" } }',
    'queryParams.x.prefix: "" is not a string that is not empty ({} matches any value)',
  ],
  ['queryParams: { x: null }', 'queryParams.x: null is not an object (with exact, prefix, regex)'],
  ['authority: { exact: a, prefix: a }', 'authority: exact, prefix and regex exclude each other'],
  [
    'withoutHeaders: { x: { exact: 1 } }',
    'withoutHeaders.x.exact: 1 is not a string (put numbers and booleans in quotes)',
  ],
  [
    "withoutHeaders: { '@request.auth.claims.a': {} }",
    'withoutHeaders["@request.auth.claims.a"]: claims are not supported (no token is read here, so that no request would match)',
  ],
  ['port: 0', 'port: 0 is not a whole number from 1 to 65535'],
  [
    'sourceNamespace: A b',
    'sourceNamespace: "A b" is not a name (lower-case letters, digits and "-", at most 63 characters)',
  ],
  ['gateways: [a b]', 'gateways[0]: "a b" is not mesh, the name of a Gateway, or namespace/name'],
])('a match cannot have %s', (fields, message) => {
  expect(inRule(`match: [{ ${fields} }], ${to}`)).toEqual([`spec.http[0].match[0].${message}`]);
});

const http = `http: [{ ${to} }]`;

test.each([
  ['{ hosts: [a] }', 'spec: one of http, tcp and tls is needed'],
  ['{ hosts: [a], http: [] }', 'spec: one of http, tcp and tls is needed'],
  [
    '{ http: [{ delegate: { name: b } }] }',
    'spec.http[0].delegate: a VirtualService without hosts is a delegate, and has no delegates of its own',
  ],
  [
    `{ gateways: [front], ${http} }`,
    'spec.gateways: a VirtualService without hosts is a delegate, and has no gateways of its own',
  ],
  [
    `{ gateways: [mesh], ${http} }`,
    'spec.gateways: a VirtualService without hosts is a delegate, and has no gateways of its own',
  ],
  [
    `{ hosts: [a.b.test, '*.b.test'], ${http} }`,
    'spec.hosts[0]: host "a.b.test" is covered by "*.b.test" (name each host once)',
  ],
  [`{ hosts: [a], exportTo: [a b], ${http} }`, 'spec.exportTo[0]: "a b" is not ., * or a namespace'],
  [`{ hosts: [a], exportTo: ['~'], ${http} }`, 'spec.exportTo[0]: "~" is not ., * or a namespace'],
  [`{ hosts: [a], exportTo: ['*', b], ${http} }`, 'spec.exportTo: "*" excludes other entries'],
  [`{ hosts: [a], exportTo: [b, b], ${http} }`, 'spec.exportTo[1]: entry "b" is repeated'],
  [
    `{ hosts: [a], http: [{ delegate: { name: b }, redirect: { uri: / } }] }`,
    'spec.http[0]: delegate and redirect exclude each other',
  ],
  [
    `{ hosts: [a], http: [{ delegate: { name: b }, ${to} }] }`,
    'spec.http[0]: delegate and route exclude each other',
  ],
  [
    '{ hosts: [a], http: [{ delegate: {} }] }',
    'spec.http[0].delegate.name is missing (it should be a name (lower-case letters, digits, "-" and ".", at most 253 characters))',
  ],
  [`{ hosts: [a, A], ${http} }`, 'spec.hosts[1]: host "a" is repeated'],
  [`{ hosts: ['a.*'], ${http} }`, 'spec.hosts[0]: "a.*" is not a host name, *.domain or *'],
  [
    `{ hosts: ['*'], ${http} }`,
    'spec.hosts[0]: "*" is not allowed for the mesh gateway (name a host, or list only other gateways in spec.gateways)',
  ],
  [
    `{ hosts: ['*'], gateways: [mesh, front], ${http} }`,
    'spec.hosts[0]: "*" is not allowed for the mesh gateway (name a host, or list only other gateways in spec.gateways)',
  ],
  [
    `{ hosts: [a], gateways: [a/b/c], ${http} }`,
    'spec.gateways[0]: "a/b/c" is not mesh, the name of a Gateway, or namespace/name',
  ],
])('refuses %s', (spec, message) => {
  expect(problemsOfSpec('VirtualService', spec)).toEqual([message]);
});

test("an unsupported field of Istio's API is refused with the reason, and not suggested for an unknown one", () => {
  expect(inRule(`fault: { delay: { exponentialDelay: 1s, fixedDelay: 1s } }, ${to}`)).toEqual([
    'spec.http[0].fault.delay.exponentialDelay is not supported (Istio does not implement it either)',
  ]);
  expect(inRule(`fault: { delay: { fixedDelai: 1s, fixedDelay: 1s } }, ${to}`)).toEqual([
    'spec.http[0].fault.delay.fixedDelai is not known here (known: fixedDelay, percent, percentage)',
  ]);
});

test('routes of TCP and TLS are passed over, with or without routes of HTTP beside them', () => {
  for (const beside of [`http: [{ ${to} }], `, '']) {
    const spec = `{ hosts: [reviews], ${beside}tcp: [{ ${to} }], tls: [] }`;
    expect(problemsOfSpec('VirtualService', spec)).toEqual([]);
    expect(noticesOfSpec('VirtualService', spec)).toEqual([
      'note: spec.tcp is passed over (only HTTP is routed)',
      'note: spec.tls is passed over (only HTTP is routed; the server name of TLS is not read)',
    ]);
  }
});

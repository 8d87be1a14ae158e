import {
  DEFAULT_RETRY_POLICY,
  isClusterAddress,
  type ForwardAction,
  type HashPolicy,
  type PathRewrite,
  type RedirectAction,
  type Fault,
} from '@bookinfo/routing';
import { showValue } from '@bookinfo/text';
import { describeCors } from './describe-cors.js';
import { describeHeaders } from './describe-headers.js';
import { describeLimits, describeSlowStart } from './describe-limits.js';
import type { Destination, ExplainedAction, Explanation, RuleReference } from './explanation.js';

/** A line, and the label before it. */
type Row = [label: string, text: string];

const LABEL_WIDTH = 14;
const UNCHANGED = 'none: forwarded to that host unchanged (ALLOW_ANY)';
const DEFAULT_ROUTE = `none: the Service's default route`;

/** Formats an explanation, one line for each fact, without colours. */
export function explanationText(explanation: Explanation): string {
  const { request, from, virtualHost, rule, leftOut, passedOver, fault, action, location, rewrittenPath } =
    explanation;
  const rows: Row[] = [
    ['Host', virtualHost ?? describeNoHost(explanation)],
    ...(leftOut.map((each) => ['Left out', `${describeRule(each)}: ${each.reason} [${each.code}]`]) as Row[]),
    ...(passedOver.map((each) => ['Passed over', `${describeRule(each)}: ${each.reason}`]) as Row[]),
    ['Rule', rule ? describeRule(rule) : describeNoRule(action)],
    ...faultRows(fault),
    ...actionRows(explanation),
    ...(location === undefined ? [] : [['Location', location] satisfies Row]),
    ...(rewrittenPath === undefined ? [] : [['Path', `of this request: ${rewrittenPath}`] satisfies Row]),
    ...headerRows(explanation),
  ];
  const title = `${request.method} ${request.scheme}://${request.authority}${request.path} from ${from}`;
  return [title, '', ...alignRows(rows)].join('\n');
}

/** Rows with the same label show it once. */
function alignRows(rows: readonly Row[]): string[] {
  return rows.map(([label, text], index) => {
    const shown = rows[index - 1]?.[0] === label ? '' : label;
    return `${shown.padEnd(LABEL_WIDTH)}${text}`;
  });
}

function describeRule({ resource, name, file, line, delegatedBy }: RuleReference): string {
  if (resource === undefined) return `the Service's default route`;
  const rule = `${file}:${line} ${resource}${name === '' ? '' : ` ${JSON.stringify(name)}`}`;
  return delegatedBy ? `${rule}, delegated to by ${describeRule(delegatedBy)}` : rule;
}

function describeNoHost({ request: { authority, port }, hint }: Explanation): string {
  return `no virtual host for ${authority} at port ${port}${hint === undefined ? '' : ` (${hint})`}`;
}

function describeNoRule(action: ExplainedAction): string {
  switch (action.kind) {
    case 'route-not-found':
      return 'none matches: 404';
    case 'not-found':
      return 'none: 404';
    case 'blocked':
      return action.hasListener
        ? 'none: 502 (REGISTRY_ONLY)'
        : 'none: the connection is closed (REGISTRY_ONLY)';
    case 'passthrough':
      return UNCHANGED;
    case 'forward':
      return action.destinations.some(({ cluster }) => isClusterAddress(cluster)) ? UNCHANGED : DEFAULT_ROUTE;
    case 'redirect':
    case 'direct-response':
      return DEFAULT_ROUTE;
  }
}

function faultRows(fault: Fault | undefined): Row[] {
  const rows: Row[] = [];
  if (fault?.delay)
    rows.push(['Fault', `${fault.delay.percentage} % are delayed by ${ms(fault.delay.fixedDelayMs)}`]);
  if (fault?.abort) {
    const { percentage, httpStatus, grpcStatus } = fault.abort;
    const status = grpcStatus === undefined ? String(httpStatus) : `grpc-status ${grpcStatus}`;
    rows.push(['Fault', `${percentage} % are aborted with ${status}`]);
  }
  return rows;
}

function actionRows({ action, rule, fault, isPreflight }: Explanation): Row[] {
  switch (action.kind) {
    case 'forward':
      if (isPreflight) return [['Response', '200 to the CORS preflight, from the proxy']];
      return [...destinationListRows(action), ...forwardRows(action, fault)];
    case 'redirect':
      return [['Redirect', describeRedirect(action)]];
    case 'direct-response':
      return [
        rule?.resource?.startsWith('HTTPRoute/')
          ? ['Response', `${action.status}, from the proxy: no backendRef has a weight above 0`]
          : ['Response', `${action.status} ${showValue(action.body)}, from the proxy`],
      ];
    case 'passthrough':
    case 'not-found':
    case 'route-not-found':
    case 'blocked':
      return [];
  }
}

function destinationListRows({
  destinations,
  clusterNotFoundStatus,
}: Extract<ExplainedAction, { kind: 'forward' }>): Row[] {
  if (destinations.length === 0) return [['Destination', `none: ${clusterNotFoundStatus}`]];
  return destinations.flatMap((each) => destinationRows(each, clusterNotFoundStatus));
}

function destinationRows(destination: Destination, statusWithout: number): Row[] {
  const { requestHeaders, responseHeaders, hostRewrite, lbPolicy, policy } = destination;
  const host = hostRewrite === undefined ? [] : [`Host becomes ${hostRewrite}`];
  const request = requestHeaders ? [`requests ${describeHeaders(requestHeaders)}`] : [];
  const response = responseHeaders ? [`responses ${describeHeaders(responseHeaders)}`] : [];
  const limits = [
    ...(lbPolicy ? describeSlowStart(lbPolicy) : []),
    ...(policy ? describeLimits(policy) : []),
  ];
  const edits = [...host, ...request, ...response, ...limits].map((text): Row => [
    'Destination',
    `           ${text}`,
  ]);
  return [destinationRow(destination, statusWithout), ...edits];
}

function headerRows({ cors, requestHeaders, responseHeaders }: Explanation): Row[] {
  const rows: Row[] = cors ? [['CORS', describeCors(cors)]] : [];
  if (requestHeaders) rows.push(['Requests', describeHeaders(requestHeaders)]);
  if (responseHeaders) rows.push(['Responses', describeHeaders(responseHeaders)]);
  return rows;
}

function destinationRow(
  { cluster, share, state, reason, lbPolicy, endpoints, weights }: Destination,
  statusWithout: number,
): Row {
  const percent = `${(share * 100).toFixed(share === 1 ? 0 : 1)} %`.padStart(7);
  if (state === 'cluster-not-found') return ['Destination', `${percent}  ${statusWithout}: ${reason}`];
  if (state === 'no-healthy-upstream') return ['Destination', `${percent}  ${cluster}: 503, it has no pod`];
  const pods = Object.entries(endpoints).map(([version, names]) => {
    const count = names.length === 1 ? [] : [`${names.length} pods`];
    const details = [...count, ...(weights ? [`weight ${weights[version]}`] : [])];
    return details.length === 0 ? version : `${version} (${details.join(', ')})`;
  });
  const targets = pods.join(', ') || 'the address that the client called';
  return ['Destination', `${percent}  ${targets}  (${cluster}, ${lbPolicy?.kind})`];
}

function forwardRows(action: ForwardAction, fault: Fault | undefined): Row[] {
  const { weightedClusters, timeoutMs, retryPolicy, rewrite, hostRewrite, mirrors, hashPolicies } = action;
  const { numRetries, retryOn, retriableStatusCodes, perTryTimeoutMs, baseIntervalMs, avoidPreviousHosts } =
    retryPolicy;
  const conditions = [
    ...retryOn.filter((condition) => condition !== 'retriable-status-codes'),
    ...retriableStatusCodes,
  ];
  const rows: Row[] = [
    [
      'Timeout',
      timeoutMs === 0
        ? 'none'
        : `${ms(timeoutMs)}${fault?.delay?.percentage ? ' (starts after the delay)' : ''}`,
    ],
    [
      'Retries',
      numRetries === 0
        ? 'none'
        : `up to ${numRetries} on ${conditions.join(', ')}${fault?.abort?.percentage ? ' (not for the aborts above)' : ''}`,
    ],
  ];
  if (perTryTimeoutMs > 0) rows.push(['Retries', `each attempt takes at most ${ms(perTryTimeoutMs)}`]);
  if (numRetries > 0 && baseIntervalMs !== DEFAULT_RETRY_POLICY.baseIntervalMs)
    rows.push(['Retries', `back-off of up to ${ms(baseIntervalMs)}, doubled for each retry`]);
  if (numRetries > 0 && !avoidPreviousHosts)
    rows.push(['Retries', 'may go to a pod that has failed already']);
  if (rewrite) rows.push(['Path', describeRewrite(rewrite)]);
  if (hostRewrite !== undefined) rows.push(['Host header', `becomes ${hostRewrite}`]);
  for (const { cluster, percentage } of mirrors)
    rows.push(['Mirror', `${percentage} % are copied to ${cluster}`]);
  if (hashPolicies.length > 0) {
    const keys = [...new Set(hashPolicies.map(describeHash))].join(', ');
    const within =
      weightedClusters.length > 1
        ? ', for the pod within a destination; the destination is drawn by weight anew for each request'
        : '';
    rows.push(['Hash', keys + within]);
  }
  return rows;
}

function describeRewrite(rewrite: PathRewrite): string {
  switch (rewrite.kind) {
    case 'prefix':
      return `the matched prefix becomes ${JSON.stringify(rewrite.value)}`;
    case 'path':
      return `becomes ${JSON.stringify(rewrite.value)}`;
    case 'regex':
      return `every ${JSON.stringify(rewrite.pattern)} becomes ${JSON.stringify(rewrite.substitution)}`;
  }
}

function describeRedirect({ status, scheme, host, port, path }: RedirectAction): string {
  const parts = [
    scheme && `scheme ${scheme}`,
    host && `host ${host}`,
    port && `port ${port}`,
    path && `path: ${describeRewrite(path)}`,
  ];
  return [String(status), ...parts.filter((part) => part !== undefined)].join(', ');
}

function describeHash(policy: HashPolicy): string {
  return 'name' in policy ? `${policy.kind} ${policy.name}` : policy.kind;
}

function ms(duration: number): string {
  return duration % 1000 === 0 ? `${duration / 1000} s` : `${duration} ms`;
}

import type { z } from 'zod';
import type { Labels } from '../registry/labels.js';
import type { httpRoute } from '../resources/kinds/virtual-service.js';
import { originOf, type Resource, type RouteRule } from '../resources/resource.js';
import type { Problem } from '../resources/problem.js';
import { writtenFrom } from './host-name.js';
import { httpFaultOf } from './http-fault.js';
import { httpMatchOf } from './http-match.js';
import { istioServiceHost } from './service-host.js';
import type { SubsetNames } from './subset-names.js';
import type { Warn } from './warn.js';

/** An http rule of a VirtualService, as written in YAML. */
export type HTTPRouteManifest = z.input<typeof httpRoute>;

/** Envoy's default, which Istio 0.2 did not change. */
const TIMEOUT = '15s';
const RETRY_ON = '5xx,connect-failure,refused-stream';

/** The state that the conversions of all rules share. */
export interface Conversion {
  resources: readonly Resource[];
  subsets: SubsetNames;
  differences: Problem[];
}

/**
 * Converts a RouteRule to an http rule of a VirtualService in a namespace (istio/istio 0.3.0, pilot/proxy/envoy/route.go,
 * buildHTTPRoute). Returns undefined if it matches no request.
 */
export function httpRouteOf(
  rule: RouteRule,
  namespace: string,
  { resources, subsets, differences }: Conversion,
  warn: Warn,
): HTTPRouteManifest | undefined {
  const { metadata, spec } = rule;
  const match = httpMatchOf(rule, resources);
  if (match === 'no request') {
    warn(['spec', 'match', 'source'], 'no Service of this name selects pods, so the rule matches no request');
    return undefined;
  }
  const fault = httpFaultOf(rule, warn);
  const conditions = { ...(match && { match: [match] }), ...(fault && { fault }) };
  if (spec.redirect) return { ...conditions, redirect: spec.redirect };

  const destinationOf = (host: string, labels: Labels) => {
    const subset = subsets.nameFor(host, labels);
    return { host: writtenFrom(namespace, host), ...(subset !== undefined && { subset }) };
  };
  const ownHost = istioServiceHost(spec.destination, metadata.namespace);
  const weighted = spec.route.length > 0 ? spec.route : [{ labels: {} }];
  const route = weighted.map(({ destination, labels, weight }) => ({
    destination: destinationOf(
      destination ? istioServiceHost(destination, metadata.namespace) : ownHost,
      labels,
    ),
    ...(weight !== undefined && { weight }),
  }));
  const { rewrite, corsPolicy, mirror, appendHeaders } = spec;
  if (mirror) {
    const message =
      'in Istio 0.2 the Host of mirrored requests ended in -shadow; since Istio 1.28 it is that of the request';
    differences.push({ ...originOf(rule, ['spec', 'mirror']), message });
  }
  return {
    ...conditions,
    route,
    ...(rewrite && { rewrite }),
    ...(appendHeaders && { headers: { request: { add: appendHeaders } } }),
    ...(mirror && { mirror: destinationOf(istioServiceHost(mirror, metadata.namespace), mirror.labels) }),
    ...(corsPolicy && { corsPolicy: corsPolicyOf(corsPolicy) }),
    ...limits(rule),
  };
}

/** Returns the rule of Istio 0.2 for requests that no rule of their host matches: to all pods, with the default limits. */
export function defaultHttpRoute(host: string): HTTPRouteManifest {
  return { route: [{ destination: { host } }], timeout: TIMEOUT, retries: { attempts: 0 } };
}

function corsPolicyOf({
  maxAge,
  ...policy
}: NonNullable<RouteRule['spec']['corsPolicy']>): HTTPRouteManifest['corsPolicy'] {
  return { ...policy, ...(maxAge && { maxAge: maxAge.text }) };
}

function limits({
  spec: { httpReqTimeout, httpReqRetries },
}: RouteRule): Pick<HTTPRouteManifest, 'timeout' | 'retries'> {
  const { attempts = 0, perTryTimeout } = httpReqRetries?.simpleRetry ?? {};
  const retries = {
    attempts,
    retryOn: RETRY_ON,
    ...(perTryTimeout && { perTryTimeout: perTryTimeout.text }),
    // Envoy had no means to avoid the endpoint that failed.
    retryIgnorePreviousHosts: false,
  };
  return {
    timeout: httpReqTimeout?.simpleTimeout.timeout.text ?? TIMEOUT,
    retries: attempts > 0 ? retries : { attempts: 0 },
  };
}

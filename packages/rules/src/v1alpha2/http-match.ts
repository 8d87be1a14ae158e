import type { z } from 'zod';
import type { httpMatchRequest } from '../resources/kinds/http-match.js';
import type { Resource, RouteRule } from '../resources/resource.js';
import { istioServiceHost } from './service-host.js';
import { serviceHost } from '../registry/host.js';

type HTTPMatchManifest = z.input<typeof httpMatchRequest>;

/** Names in `request.headers` of other parts of a request (istio/istio 0.3.0, pilot/model/config.go). */
const RESERVED = ['uri', 'scheme', 'method', 'authority'] as const;

/**
 * Converts the match of a RouteRule to an entry of a VirtualService's `match`, or undefined if it matches every request. The
 * source becomes the labels that the Service of its name selects; without this Service it matches no request.
 */
export function httpMatchOf(
  { metadata, spec: { match } }: RouteRule,
  resources: readonly Resource[],
): HTTPMatchManifest | 'no request' | undefined {
  const manifest: HTTPMatchManifest = {};
  const { source, request } = match ?? {};
  if (source) {
    const { name, service, labels } = source;
    if (name === undefined && service === undefined) manifest.sourceLabels = labels;
    else {
      const host = istioServiceHost(source, metadata.namespace);
      const found = resources
        .filter((resource) => resource.kind === 'Service')
        .find((each) => serviceHost(each.metadata.name, each.metadata.namespace) === host);
      if (!found?.spec.selector) return 'no request';
      manifest.sourceLabels = { ...found.spec.selector, ...labels };
      manifest.sourceNamespace = found.metadata.namespace;
    }
  }
  const { ...headers } = request?.headers ?? {};
  for (const name of RESERVED) {
    if (headers[name]) manifest[name] = headers[name];
    delete headers[name];
  }
  if (Object.keys(headers).length > 0) manifest.headers = headers;
  return Object.keys(manifest).length > 0 ? manifest : undefined;
}

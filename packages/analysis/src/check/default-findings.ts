import { isCatchAll } from '@bookinfo/compiler';
import { rootResource, withoutQuery } from '@bookinfo/routing';
import type { Model } from '@bookinfo/rules';
import type { Application } from '../application/application.js';
import { describeProbe } from '../reach/describe-reach.js';
import { findUnmatchedRequest } from '../reach/find-request.js';
import type { ProxyRoutes } from '../reach/proxies.js';
import { isToOther, probeFor, templateFor } from '../reach/rule-requests.js';
import type { Finding } from './finding.js';

/**
 * Warns of Services whose rules leave out some requests, which then get 404. At a gateway that is usual: its rules name the
 * paths to expose.
 */
export function defaultFindings(
  proxies: readonly ProxyRoutes[],
  model: Model,
  application: Application,
  files: ReadonlySet<string>,
): Finding[] {
  const found = new Map<string, { finding: Finding; isLikely: boolean }>();
  for (const proxy of proxies.filter(({ client }) => client.kind === 'sidecar')) {
    for (const called of proxy.called) {
      const { virtualHost } = called;
      const last = virtualHost.routes.at(-1);
      const host = virtualHost.name.replace(/:\d+$/, '');
      const isService = model.registry.service(host, '') !== undefined;
      if (!isService || !last?.rule || isCatchAll(last.match) || !files.has(last.rule.origin.file)) continue;
      const key = `${virtualHost.name} ${rootResource(last.rule)}`;
      if (found.get(key)?.isLikely) continue;
      const template = templateFor(called, proxy.client, application);
      const reach = findUnmatchedRequest(virtualHost, template);
      if (reach.kind !== 'reached') continue;
      const { request } = reach;
      const { probe } = probeFor(request, template, model, proxy);
      if (!probe) continue;
      const message = `no rule for the rest: ${describeProbe(probe.sent)} gets 404`;
      const { origin } = last.rule;
      const isLikely = isToOther(template, proxy.client);
      // Paths that the application does not have are left out on purpose more often than by mistake.
      const level = template.paths.includes(withoutQuery(request.path)) ? 'warning' : 'note';
      found.set(key, { finding: { level, code: 'no-default-rule', origin, message }, isLikely });
    }
  }
  return Array.from(found.values(), ({ finding }) => finding);
}

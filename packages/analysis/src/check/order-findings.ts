import { isCatchAll } from '@bookinfo/compiler';
import { rootResource, type VirtualHost } from '@bookinfo/routing';
import type { Application } from '../application/application.js';
import { isOfVirtualService, type VirtualServiceRoute } from '../explain/virtual-service-route.js';
import { findCommonRequest } from '../reach/find-request.js';
import { hostsOf, type ProxyRoutes } from '../reach/proxies.js';
import { templateFor } from '../reach/rule-requests.js';
import type { Finding } from './finding.js';

/** Two routes, that of the older VirtualService first. */
type Pair = readonly [VirtualServiceRoute, VirtualServiceRoute];

/**
 * Warns of two VirtualServices for one host of a gateway whose order of creation decides over some request: were the younger
 * one older, another rule would apply to it.
 */
export function orderFindings(
  proxies: readonly ProxyRoutes[],
  application: Application,
  files: ReadonlySet<string>,
): Finding[] {
  return proxies
    .filter(({ client }) => client.kind === 'gateway')
    .flatMap(({ client, table }) =>
      hostsOf(table.routeConfigurations).flatMap((host) => {
        const { virtualHost } = host;
        const template = templateFor(host, client, application);
        return pairsOf(virtualHost, files).flatMap((pairs) => {
          for (const routes of pairs) {
            const reach = findCommonRequest(virtualHost, routes, template);
            if (reach.kind === 'reached') {
              const { scheme, authority, path } = reach.request;
              return findingsAbout(routes, `${reach.request.method} ${scheme}://${authority}${path}`);
            }
          }
          return [];
        });
      }),
    );
}

/** Returns, for each two VirtualServices, the pairs of routes whose order follows from age; catch-alls always come last. */
function pairsOf({ routes }: VirtualHost, files: ReadonlySet<string>): Pair[][] {
  const ruled = routes.filter(isOfVirtualService);
  const pairs = ruled.flatMap((older, index) =>
    ruled.slice(index + 1).flatMap((younger): Pair[] => {
      const isDecidedByAge =
        rootResource(older.rule) !== rootResource(younger.rule) &&
        isCatchAll(older.match) === isCatchAll(younger.match);
      const isChecked = [older, younger].some(({ rule }) => files.has(rule.origin.file));
      return isDecidedByAge && isChecked ? [[older, younger]] : [];
    }),
  );
  const byResources = Map.groupBy(
    pairs,
    ([older, younger]) => `${rootResource(older.rule)} ${rootResource(younger.rule)}`,
  );
  return [...byResources.values()];
}

function findingsAbout([older, younger]: Pair, request: string): Finding[] {
  const finding = ({ rule }: VirtualServiceRoute, other: VirtualServiceRoute, order: string): Finding => {
    const { file, line } = other.rule.origin;
    const message = `${request} matches ${rootResource(other.rule)} (${file}:${line}) too, and ${order} applies because its VirtualService is older; of files given together, the one whose name sorts first, whatever the order of -f`;
    return { level: 'warning', code: 'creation-order', origin: rule.origin, message };
  };
  return [finding(older, younger, 'this rule'), finding(younger, older, 'that rule')];
}

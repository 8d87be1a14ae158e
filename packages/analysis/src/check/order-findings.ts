import { isCatchAll } from '@bookinfo/compiler';
import type { Route, VirtualHost } from '@bookinfo/routing';
import type { Application } from '../application/application.js';
import { findCommonRequest } from '../reach/find-request.js';
import type { ProxyRoutes } from '../reach/proxies.js';
import { templateFor } from '../reach/rule-requests.js';
import type { Finding } from './finding.js';

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
      [...table.routeConfigurations].flatMap(([port, { virtualHosts }]) =>
        virtualHosts.flatMap((virtualHost) => {
          const template = templateFor(virtualHost, port, client, application);
          return pairsOf(virtualHost, files).flatMap((pairs) => {
            for (const routes of pairs) {
              const reach = findCommonRequest(virtualHost, routes, template);
              if (reach.kind === 'reached') {
                const { authority, path } = reach.request;
                return findingsAbout(routes, `${reach.request.method} http://${authority}${path}`);
              }
            }
            return [];
          });
        }),
      ),
    );
}

/** Returns, for each two VirtualServices, the pairs of routes whose order follows from age; catch-alls always come last. */
function pairsOf({ routes }: VirtualHost, files: ReadonlySet<string>): [Route, Route][][] {
  const ruled = routes.filter(({ rule }) => rule?.resource.startsWith('VirtualService/'));
  const pairs = ruled.flatMap((older, index) =>
    ruled.slice(index + 1).flatMap((younger): [Route, Route][] => {
      const isDecidedByAge =
        rootOf(older) !== rootOf(younger) && isCatchAll(older.match) === isCatchAll(younger.match);
      const isChecked = [older, younger].some(({ rule }) => rule && files.has(rule.origin.file));
      return isDecidedByAge && isChecked ? [[older, younger]] : [];
    }),
  );
  const byResources = Map.groupBy(pairs, ([older, younger]) => `${rootOf(older)} ${rootOf(younger)}`);
  return [...byResources.values()];
}

function findingsAbout([older, younger]: readonly [Route, Route], request: string): Finding[] {
  const finding = (route: Route, other: Route, order: string): Finding[] => {
    if (!route.rule || !other.rule) return [];
    const { file, line } = other.rule.origin;
    const message = `${request} matches ${rootOf(other)} (${file}:${line}) too, and ${order} applies because its VirtualService is older; of files given together, the one whose name sorts first, whatever the order of -f`;
    return [{ level: 'warning', code: 'creation-order', origin: route.rule.origin, message }];
  };
  return [...finding(older, younger, 'this rule'), ...finding(younger, older, 'that rule')];
}

function rootOf({ rule }: Route): string {
  return rule?.delegatedBy?.resource ?? rule?.resource ?? '';
}

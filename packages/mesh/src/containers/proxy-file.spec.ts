import { expect, test } from 'vitest';
import { tableOf } from '@bookinfo/routing/testing';
import { ReceivedVirtualHost } from '../control/received-virtual-host.js';
import { parseProxyFile, proxyFileText, type ProxyFile } from './proxy-file.js';

test('a table is the same after it is written to a file and read again', () => {
  const file: ProxyFile = {
    role: 'sidecar',
    port: 15_007,
    inboundPort: 9080,
    table: { ...tableOf({ subset: 'v1' }), tracing: { isDisabled: true } },
  };
  expect(parseProxyFile(proxyFileText(file))).toEqual(file);
});

test('the routes of a received virtual host are written', () => {
  const table = tableOf({});
  const received = new Map(
    Array.from(table.routeConfigurations, ([port, all]) => [
      port,
      all.map(({ virtualHosts, ...configuration }) => ({
        ...configuration,
        virtualHosts: virtualHosts.map(
          (host, id) => new ReceivedVirtualHost({ ...host, id, routes: JSON.stringify(host.routes) }),
        ),
      })),
    ]),
  );
  const text = proxyFileText({
    role: 'sidecar',
    port: 15_007,
    table: { ...table, routeConfigurations: received },
  });
  expect(parseProxyFile(text).table).toEqual(table);
});

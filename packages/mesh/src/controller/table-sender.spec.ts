import { expect, test } from 'vitest';
import { Compiler, compile } from '@bookinfo/compiler';
import type { RouteTable } from '@bookinfo/routing';
import {
  byAge,
  DEFAULT_MESH_CONFIG,
  type Model,
  modelOf,
  parseResources,
  type Pod,
  type ResourceStore,
  type Source,
  withoutResources,
  withResources,
} from '@bookinfo/rules';
import { bookinfoFiles, INGRESS, pod, PODS, SIDECAR } from '@bookinfo/rules/testing';
import { ReceivedTables } from '../control/received-tables.js';
import { TableSender } from './table-sender.js';

const CLIENTS = [
  SIDECAR,
  { ...SIDECAR, labels: { app: 'reviews' } },
  { ...SIDECAR, namespace: 'other' },
  INGRESS,
];

/** Returns the table with routes as a field: as received, they are a getter. */
function plain({ routeConfigurations, ...table }: RouteTable) {
  const ports = Array.from(routeConfigurations, ([port, configurations]) =>
    configurations.map(({ virtualHosts, ...configuration }) => ({
      port,
      ...configuration,
      virtualHosts: virtualHosts.map(({ name: host, domains, routes }) => ({ host, domains, routes })),
    })),
  );
  return { ...table, ports };
}

/** Sends the tables of all clients through structured clones, as between threads. */
function startTransfer() {
  let store: ResourceStore = new Map();
  let model: Model = modelOf([], [], DEFAULT_MESH_CONFIG);
  const compiler = new Compiler(model);
  const sender = new TableSender();
  const received = new ReceivedTables();
  return {
    received,
    change(files: readonly Source[], change = withResources) {
      ({ store } = change(store, parseResources(files).resources, 0));
      model = modelOf(byAge(store), [], DEFAULT_MESH_CONFIG, model);
      compiler.update(model);
      const tables = new Map(CLIENTS.map((client, proxy) => [proxy, compiler.tableFor(client)]));
      const update = structuredClone(sender.update(tables));
      received.update(update);
      return update;
    },
    tables: () => CLIENTS.map((_, proxy) => received.tableOf(proxy)),
    compiled: (pods: readonly Pod[]) =>
      CLIENTS.map((client) => compile(modelOf(byAge(store), pods, DEFAULT_MESH_CONFIG), client)),
  };
}

const RULES = [
  'virtual-service-all-v1',
  'virtual-service-reviews-test-v2',
  'virtual-service-ratings-test-delay',
  'virtual-service-details-v2',
];

test('settings of spans reach the tables, and leave them with their resource', () => {
  const transfer = startTransfer();
  const text =
    '{ apiVersion: telemetry.istio.io/v1, kind: Telemetry, metadata: { name: a }, spec: { tracing: [{ disableSpanReporting: true }] } }';
  transfer.change(bookinfoFiles());
  const settings = () => transfer.tables().map(({ tracing }) => tracing);
  const isDisabled = { isDisabled: true };
  transfer.change([{ file: 'a.yaml', text }]);
  expect(settings()).toEqual([isDisabled, isDisabled, undefined, undefined]);
  transfer.change([{ file: 'a.yaml', text }], withoutResources);
  expect(settings()).toEqual([undefined, undefined, undefined, undefined]);
});

test('after each change the received tables are those of the compiler, with the endpoints of the pods', () => {
  const transfer = startTransfer();
  transfer.received.setPods(PODS);
  transfer.change(bookinfoFiles());
  for (const rule of RULES) {
    transfer.change(bookinfoFiles(rule).slice(-1));
    expect(transfer.tables().map(plain)).toEqual(transfer.compiled(PODS).map(plain));
  }
  for (const rule of RULES) {
    transfer.change(bookinfoFiles(rule).slice(-1), withoutResources);
    expect(transfer.tables().map(plain)).toEqual(transfer.compiled(PODS).map(plain));
  }
});

test('a change sends the virtual hosts that it changes, once for all clients of a class, and no clusters', () => {
  const transfer = startTransfer();
  transfer.change(bookinfoFiles('virtual-service-all-v1'));
  const { tables, virtualHosts, clusters } = transfer.change(
    bookinfoFiles('virtual-service-reviews-test-v2').slice(-1),
  );
  // The two sidecars of one namespace are a class; the one of another namespace has other domains.
  const reviews = ['reviews.default.svc.cluster.local:80', 'reviews.default.svc.cluster.local:9080'];
  expect(virtualHosts.map(({ name }) => name).toSorted()).toEqual([...reviews, ...reviews].toSorted());
  expect([tables.length, clusters]).toEqual([2, []]);
});

test('a change leaves the other virtual hosts the same objects', () => {
  const transfer = startTransfer();
  const file = bookinfoFiles('virtual-service-all-v1');
  transfer.change(file);
  const hosts = () => transfer.tables()[0]?.routeConfigurations.get(9080)?.[0]?.virtualHosts ?? [];
  const before = hosts();
  transfer.change(bookinfoFiles('virtual-service-reviews-test-v2').slice(-1));
  const changed = hosts().filter((host, index) => host !== before[index]);
  expect(changed.map(({ name }) => name)).toEqual(['reviews.default.svc.cluster.local:9080']);
});

test('endpoints follow the pods without another update', () => {
  const transfer = startTransfer();
  transfer.change(bookinfoFiles());
  const second = pod('reviews-v2', { name: 'reviews-v2-second', ports: { 9080: 20_001 } });
  const starting = pod('reviews-v3', { name: 'reviews-v3-second', ready: false });
  for (const pods of [[...PODS, second, starting], PODS.slice(1), []]) {
    transfer.received.setPods(pods);
    expect(transfer.tables().map(plain)).toEqual(transfer.compiled(pods).map(plain));
  }
});

import { formatAccessLog, Proxy } from '@bookinfo/proxy';
import { ClusterCounters } from '@bookinfo/telemetry';
import type { DataPlane } from './data-plane.js';

/** Proxies in this process. */
export const EMBEDDED_DATA_PLANE: DataPlane = {
  name: 'embedded',
  async open({ role, table, port, listenerPort, tls, onAccess, telemetry }) {
    const counters = new ClusterCounters();
    const proxy = await Proxy.start({
      role,
      table,
      port,
      ...(listenerPort !== undefined && { listenerPort }),
      ...(tls && { tls }),
      onAccess: (entry) => {
        counters.onRequest(entry);
        telemetry?.onRequest(entry);
        onAccess?.(formatAccessLog(entry));
      },
      onMirrored: (copy) => {
        counters.onMirrored(copy);
        telemetry?.onMirrored(copy);
      },
      ...(telemetry && { tracing: telemetry.tracing }),
    });
    return {
      port: proxy.port,
      url: proxy.url,
      get ejected() {
        return proxy.ejected;
      },
      setTable: (next) => {
        proxy.setTable(next);
        return Promise.resolve();
      },
      setTls: (servers) => {
        proxy.setTls(servers);
        return Promise.resolve();
      },
      clusterStatistics: () => Promise.resolve(counters.with(proxy.clusters)),
      close: (graceMs) => proxy.close(graceMs),
    };
  },
};

import type { ConfigFile } from './config-files.js';
import type { EnvoyAdmin } from './envoy-admin.js';

/** What an Envoy has made of its files. */
export interface ConfigStatus {
  /** True when it uses these versions, and every cluster has its endpoints. */
  isApplied: boolean;
  /** The number of files that it has rejected since it was started. */
  rejections: number;
}

/** Returns what the Envoy reports about these files. */
export async function configStatus(admin: EnvoyAdmin, files: readonly ConfigFile[]): Promise<ConfigStatus> {
  const stats = await admin.stats('version_text', 'update_rejected', 'warming_clusters');
  const rejections = [...stats].reduce(
    (sum, [name, value]) => sum + (name.endsWith('update_rejected') ? Number(value) : 0),
    0,
  );
  const isApplied =
    stats.get('cluster_manager.warming_clusters') === 0 &&
    files.every(({ statistic, version }) => stats.get(statistic) === version);
  return { isApplied, rejections };
}

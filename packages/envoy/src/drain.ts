import type { Clock } from '@bookinfo/effects';
import type { ProxyRole } from '@bookinfo/routing';
import type { EnvoyAdmin } from './envoy-admin.js';
import { pause } from './wait-until.js';

/** Closes the listeners of an Envoy, and waits for the requests in flight, at most `graceMs`. */
export async function drain(
  admin: EnvoyAdmin,
  role: ProxyRole,
  graceMs: number,
  clock: Clock,
): Promise<void> {
  await admin.drainListeners();
  const deadline = clock.now() + graceMs;
  while (clock.now() < deadline && (await activeRequests(admin, role)) > 0) await pause(clock);
}

async function activeRequests(admin: EnvoyAdmin, role: ProxyRole): Promise<number> {
  const stats = await admin.stats('downstream_rq_active');
  return Number(stats.get(`http.${role}.downstream_rq_active`));
}

import type { z } from 'zod';
import { addIssue } from '../schema/containers.js';

/**
 * Checks hosts, for `superRefine`: no host is repeated, or covered by a wildcard of the list (istio/istio
 * pkg/config/validation, ValidateVirtualService).
 */
export function eachHostOnce(hosts: readonly string[], context: z.core.$RefinementCtx): void {
  const names = hosts.map((host) => host.toLowerCase());
  const all = new Set(names);
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    const wider = widerThan(name).find((each) => all.has(each));
    if (seen.has(name)) addIssue(context, `host ${JSON.stringify(name)} is repeated`, [index]);
    else if (wider !== undefined) {
      const message = `host ${JSON.stringify(name)} is covered by ${JSON.stringify(wider)} (name each host once)`;
      addIssue(context, message, [index]);
    }
    seen.add(name);
  }
}

/** Returns the wildcards that cover a host: `*.b.c`, `*.c` and `*` for `a.b.c`. */
function widerThan(host: string): string[] {
  if (host === '*') return [];
  const labels = host.split('.').slice(1);
  const domains = labels.map((_, index) => `*.${labels.slice(index).join('.')}`);
  return [...domains, '*'].filter((each) => each !== host);
}

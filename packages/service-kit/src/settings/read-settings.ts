import type { z } from 'zod';

/** Invalid settings; the message lists all of them. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/**
 * Reads and checks all settings of a service.
 *
 * The first argument overrides PORT, as with upstream's services. The proxy variables can also be in lower case, which
 * wins, as with curl.
 *
 * @throws {SettingsError} when settings are invalid: names each variable, its value and what is allowed, and each extra
 *   argument
 */
export function readSettings<S>(
  schema: z.ZodType<S>,
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[] = [],
): S {
  const parsed = schema.safeParse({
    ...env,
    HTTP_PROXY: env['http_proxy'] || env['HTTP_PROXY'],
    HTTPS_PROXY: env['https_proxy'] || env['HTTPS_PROXY'],
    NO_PROXY: env['no_proxy'] || env['NO_PROXY'],
    PORT: args[0] ?? env['PORT'],
  });
  const more = args.slice(1);
  if (parsed.success && more.length === 0) return parsed.data;
  const problems = parsed.error?.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`) ?? [];
  if (more.length > 0) problems.push(`  ${JSON.stringify(more.join(' '))}: the port is the only argument`);
  throw new SettingsError(`wrong settings:\n${problems.join('\n')}`);
}

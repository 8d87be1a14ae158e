import type { z } from 'zod';

/** The environment asks for something that can't be done; the message lists every such setting. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/**
 * Reads and checks all settings of a service at once.
 *
 * The first argument, where there is one, stands for PORT, as upstream's services take it. The proxy variables
 * are also read in lower case, which wins, as curl and others do it.
 *
 * @throws SettingsError naming each wrong variable, its value and what is allowed, and each argument too many
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

import type { StringMatch, VirtualService } from '@bookinfo/rules';
import type { Lint, Warning } from './lint.js';

const SPECIAL = /[\\^$.*+?()[\]{}|]/;

/** Notes regular expressions of headers and parameters that are plain text: they match that whole value alone. */
export const plainRegexes: Lint<VirtualService> = ({ spec }) =>
  spec.http.flatMap(({ match }, rule) =>
    match.flatMap((entry, index) =>
      (['headers', 'queryParams'] as const).flatMap((field) =>
        Object.entries(entry[field] ?? {}).flatMap(([name, value]) =>
          plainRegex(value, ['spec', 'http', rule, 'match', index, field, name]),
        ),
      ),
    ),
  );

function plainRegex({ regex }: StringMatch, path: Warning['path']): Warning[] {
  if (!regex || SPECIAL.test(regex)) return [];
  const message = `the regular expression must match the whole value, so ${JSON.stringify(regex)} is an exact match; for a part of the value write ${JSON.stringify(`.*${regex}.*`)}`;
  return [{ level: 'note', code: 'regex-without-wildcard', path, message }];
}

import type { PathRewrite } from '@bookinfo/routing';
import { Inexpressible } from './inexpressible.js';
import type { EnvoyMessage } from './message.js';

/** The fields for it of a RouteAction, which those of a RedirectAction are as well. */
export function pathRewrite(rewrite: PathRewrite): EnvoyMessage {
  switch (rewrite.kind) {
    case 'prefix':
      if (rewrite.value === '')
        throw new Inexpressible(
          'a prefix that is replaced by nothing (for Envoy an empty prefix_rewrite is none)',
        );
      return { prefix_rewrite: rewrite.value };
    case 'path':
      return regexRewrite('^.*$', rewrite.value.replaceAll('\\', '\\\\'));
    case 'regex':
      return regexRewrite(rewrite.pattern, rewrite.substitution);
  }
}

function regexRewrite(regex: string, substitution: string): EnvoyMessage {
  return { regex_rewrite: { pattern: { regex }, substitution } };
}

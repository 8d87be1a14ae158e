import type { StringMatch } from '@bookinfo/routing';
import type { EnvoyMessage } from './message.js';

/** envoy.type.matcher.v3.StringMatcher. */
export function stringMatcher({ kind, value }: StringMatch): EnvoyMessage {
  return kind === 'regex' ? { safe_regex: { regex: value } } : { [kind]: value };
}

import type { CustomTag } from '@bookinfo/routing';

/** Returns the custom tags of a request's span; one without a value is left out (Envoy: custom_tag_impl.cc, CustomTagBase::applySpan). */
export function customTags(
  tags: readonly CustomTag[],
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const values = tags.map((each) => [each.tag, valueOf(each, headers)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

function valueOf(tag: CustomTag, headers: Readonly<Record<string, string>>): string {
  if (tag.kind === 'literal') return tag.value;
  const value = tag.kind === 'header' ? headers[tag.name] : process.env[tag.name];
  return value ?? tag.defaultValue;
}

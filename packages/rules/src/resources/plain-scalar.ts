const BOOLEANS = new Map(
  [
    { value: true, words: ['y', 'yes', 'on', 'true'] },
    { value: false, words: ['n', 'no', 'off', 'false'] },
  ].flatMap(({ value, words }) =>
    words.flatMap((word) => spellings(word).map((spelling) => [spelling, value] as const)),
  ),
);
const NULLS = ['', '~', 'null', 'Null', 'NULL'];

const INTEGER = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;
const RADIXES = [16, 2, 8, 10];
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const INFINITY = /^([-+]?)\.(?:inf|Inf|INF)$/;

/**
 * Returns the value of an unquoted scalar without a tag as kubectl and istiod read it: by YAML 1.1, with `on` for true and 010
 * for 8, but without dates and numbers of the base 60 (kubernetes-sigs/yaml goyaml.v2/resolve.go, resolve).
 */
export function plainScalar(text: string): string | number | boolean | null {
  if (NULLS.includes(text)) return null;
  const boolean = BOOLEANS.get(text);
  if (boolean !== undefined) return boolean;
  const sign = INFINITY.exec(text)?.[1];
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return Number.NaN;
  const digits = /^[-+\d]/.test(text) ? text.replaceAll('_', '') : text;
  return integer(digits) ?? (FLOAT.test(digits) ? Number(digits) : text);
}

function integer(digits: string): number | undefined {
  const [matched, sign, ...forms] = INTEGER.exec(digits) ?? [];
  if (matched === undefined) return undefined;
  const form = forms.findIndex((each) => each !== undefined);
  const size = Number.parseInt(forms[form] ?? '', RADIXES[form]);
  return sign === '-' && size > 0 ? -size : size;
}

/** Returns the three spellings that YAML 1.1 takes: on, On and ON. */
function spellings(word: string): string[] {
  const upper = word.toUpperCase();
  return [word, `${upper[0]}${word.slice(1)}`, upper];
}

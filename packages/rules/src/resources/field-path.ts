/** The path of a field from the top of its YAML document: keys and list indexes. */
export type FieldPath = readonly (string | number)[];

const PLAIN_KEY = /^[\w-]+$/;

/** Returns the path as text: `spec.http[0].route`, `metadata.labels["app.kubernetes.io/name"]`. */
export function formatPath(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (!PLAIN_KEY.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

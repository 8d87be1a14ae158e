/**
 * Returns the first value of a parameter in the query of a path: `''` for a parameter without `=`, undefined for an absent
 * one. Names and values are compared as written, as in Envoy: `%20` stays.
 */
export function queryParameter(name: string, path: string): string | undefined {
  const question = path.indexOf('?');
  if (question === -1) return undefined;
  const fragment = path.indexOf('#', question);
  const query = path.slice(question + 1, fragment === -1 ? undefined : fragment);
  for (const parameter of query.split('&')) {
    const equals = parameter.indexOf('=');
    if (name === (equals === -1 ? parameter : parameter.slice(0, equals)))
      return equals === -1 ? '' : parameter.slice(equals + 1);
  }
  return undefined;
}

/**
 * The first value of a parameter in the query of a path; `''` for one without `=`, undefined for one that is absent.
 * As Envoy matches them, names and values are taken as they are written: `%20` stays.
 */
export function queryParameter(name: string, target: string): string | undefined {
  const question = target.indexOf('?');
  if (question === -1) return undefined;
  const fragment = target.indexOf('#', question);
  const query = target.slice(question + 1, fragment === -1 ? undefined : fragment);
  for (const parameter of query.split('&')) {
    const equals = parameter.indexOf('=');
    if (name === (equals === -1 ? parameter : parameter.slice(0, equals)))
      return equals === -1 ? '' : parameter.slice(equals + 1);
  }
  return undefined;
}

/**
 * Returns the qualified gateway of a reference: `mesh`, or `namespace/name` of a Gateway, where `.` means the given
 * namespace.
 */
export function gatewayName(reference: string, namespace: string): string {
  if (reference === 'mesh') return reference;
  const [name = '', owner = '.'] = reference.split('/').toReversed();
  return `${owner === '.' ? namespace : owner}/${name}`;
}

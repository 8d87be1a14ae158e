/** Returns the qualified gateway of a reference: `mesh`, or `namespace/name` of a Gateway, where `.` is the own namespace. */
export function gatewayName(reference: string, namespace: string): string {
  if (reference === 'mesh') return reference;
  const [name = '', where = '.'] = reference.split('/').toReversed();
  return `${where === '.' ? namespace : where}/${name}`;
}

/** What a VirtualService of the namespace binds to: `mesh`, or `namespace/name` of a Gateway, where `.` is its own. */
export function gatewayName(reference: string, namespace: string): string {
  if (reference === 'mesh') return reference;
  const [name = '', where = '.'] = reference.split('/').toReversed();
  return `${where === '.' ? namespace : where}/${name}`;
}

/** Returns a VirtualService that routes a host to one version, with an optional fault. */
export function rule(
  host: string,
  { version, delay, abort, timeout }: { version: string; delay?: string; abort?: number; timeout?: string },
): string {
  const faults = [
    ...(delay === undefined ? [] : [`delay: { percentage: { value: 100 }, fixedDelay: ${delay} }`]),
    ...(abort === undefined ? [] : [`abort: { percentage: { value: 100 }, httpStatus: ${abort} }`]),
  ];
  return `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${host} }
spec:
  hosts: [${host}]
  http:
    - route: [{ destination: { host: ${host}, subset: ${version} } }]
      ${faults.length > 0 ? `fault: { ${faults.join(', ')} }` : ''}
      ${timeout === undefined ? '' : `timeout: ${timeout}`}
`;
}

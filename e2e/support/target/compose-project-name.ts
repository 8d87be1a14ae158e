/** Returns the name of the project whose admin endpoint is published on this port. */
export function composeProjectName(adminPort: number): string {
  return `bookinfo-e2e-${adminPort}`;
}

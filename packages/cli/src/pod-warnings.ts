import type { MeshServer } from '@bookinfo/mesh';
import { printable } from '@bookinfo/text';

/** Returns a line for each warning that a workload has logged so far, once for all of its pods. */
export function podWarnings(mesh: Pick<MeshServer, 'pods' | 'outputOf'>): string[] {
  const warnings = mesh.pods.flatMap(({ name, deployment }) =>
    warningsIn(mesh.outputOf(name)).map((message) => `${deployment} warns: ${printable(message)}`),
  );
  return [...new Set(warnings)];
}

/** Returns the messages at level warn in an output of JSON lines, which is that of Bookinfo's services. */
function warningsIn(output: string): string[] {
  return output.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    try {
      const { level, msg } = JSON.parse(line) as Record<string, unknown>;
      return level === 'warn' ? [String(msg)] : [];
    } catch {
      // The first line may be cut: only the end of a long output is kept.
      return [];
    }
  });
}

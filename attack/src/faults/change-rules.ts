import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceProblems } from '@bookinfo/mesh';
import type { Mesh } from './mesh.ts';

const FILE = 'deploy/networking/virtual-service-reviews-v3.yaml';
const RULE = { file: FILE, text: readFileSync(join(import.meta.dirname, '../../..', FILE), 'utf8') };
/** Well-formed, so that the mesh is asked; it has no such program. */
const REFUSED = {
  file: 'refused.yaml',
  text: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: unknown }
spec:
  selector: { matchLabels: { app: unknown } }
  template:
    metadata: { labels: { app: unknown } }
    spec: { containers: [{ name: unknown, image: example.com/unknown:1 }] }
`,
};
const CHANGES = 100;

/**
 * Applies a rule, applies a file that is refused, and deletes the rule, again and again.
 * @throws {Error} when the refused file is accepted, or the others are not.
 */
export async function changeRules({ admin }: Mesh): Promise<void> {
  for (let change = 0; change < CHANGES; change += 1) {
    await admin.apply([RULE]);
    await admin.apply([REFUSED]).then(
      () => {
        throw new Error('the mesh accepted a Deployment of an unknown image');
      },
      (error: unknown) => {
        if (!(error instanceof SourceProblems)) throw error;
      },
    );
    await admin.delete([RULE]);
  }
}

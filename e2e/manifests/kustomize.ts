import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { type Manifest, parseManifests } from './deploy-files.ts';

const root = join(import.meta.dirname, '../../deploy/kustomize');

/** Folders of deploy/kustomize/components, in alphabetical order. */
export const COMPONENTS = globSync('*', { cwd: join(root, 'components') }).toSorted();

/** Of two meshes one carries a pod's connections; the policies and the telemetry are for Istio's parts, not for Linkerd's. */
const EXCLUDED = [
  ['ambient', 'linkerd'],
  ['linkerd', 'network-policies'],
  ['linkerd', 'telemetry'],
];

/** Each component alone, each two, and as many as go together. */
export function combinations(): string[][] {
  const pairs = COMPONENTS.flatMap((one, index) => COMPONENTS.slice(index + 1).map((other) => [one, other]));
  const rest = COMPONENTS.filter((name) => !EXCLUDED.flat().includes(name));
  return [
    ...COMPONENTS.map((name) => [name]),
    ...pairs.filter((pair) => !EXCLUDED.some((excluded) => excluded.every((name) => pair.includes(name)))),
    [...rest, 'ambient', 'network-policies', 'telemetry'],
    [...rest, 'linkerd'],
  ];
}

/** True when kustomize is missing, which is reported once. With CI set that is an error. */
export const kustomizeMissing =
  spawnSync('kustomize', ['version']).error !== undefined && process.env['CI'] !== 'true';

if (kustomizeMissing) {
  process.stderr.write(
    'skipping what kustomize builds: no kustomize on the PATH; .ci/cluster/build-tool kustomize builds one\n',
  );
}

/** Returns what kustomize builds of a folder of deploy/kustomize. */
export function build(folder: string): Manifest[] {
  return buildFolder(join(root, folder));
}

/** Returns what kustomize builds of the base with these components, in a kustomization as a user would write it. */
export function buildWith(components: readonly string[]): Manifest[] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bookinfo-kustomize-')));
  try {
    const kustomization = {
      resources: [relative(folder, join(root, 'base'))],
      components: components.map((name) => relative(folder, join(root, 'components', name))),
    };
    writeFileSync(join(folder, 'kustomization.yaml'), stringify(kustomization));
    return buildFolder(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function buildFolder(folder: string): Manifest[] {
  return parseManifests(execFileSync('kustomize', ['build', folder], { encoding: 'utf8' }), folder);
}

import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '../../deploy');

/** A YAML document of deploy/, typed loosely so that the type guards of the model classes narrow it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata?: { name?: string; labels?: Record<string, string> };
}

/**
 * Returns the paths of all YAML files in a folder of deploy/, relative to deploy/, in alphabetical order, without those that
 * kustomize alone reads.
 */
export function yamlFiles(folder: string): string[] {
  return globSync(`${folder}/**/*.yaml`, { cwd: root })
    .filter((file) => basename(file) !== 'kustomization.yaml')
    .toSorted();
}

/** The label by which cleanup.sh finds what was installed. */
export const PART_OF = { 'app.kubernetes.io/part-of': 'bookinfo' };

/** Folders that a cluster takes; deploy/kube has the kinds of 2017. */
export const CLUSTER_FOLDERS = ['platform', 'networking', 'gateway-api', 'policy'];

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/**
 * Returns the documents of a file, in their order.
 *
 * @throws {Error} when the YAML parser reports a problem, or a document has no kind.
 */
export function manifestsOf(file: string): Manifest[] {
  return parseManifests(textOf(file), file);
}

/**
 * Returns the documents of a text; `file` stands in errors.
 *
 * @throws {Error} when the YAML parser reports a problem, or a document has no kind.
 */
export function parseManifests(text: string, file: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw new Error(`${file}: ${problem.message}`, { cause: problem });
    const manifest: unknown = document.toJS();
    if (!isManifest(manifest)) throw new Error(`${file}: a document without apiVersion or kind`);
    return manifest;
  });
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value;
}

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '../../deploy');

/** One YAML document of a deploy file, open enough that the model classes' type guards can narrow it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata?: { name?: string };
}

/** Every YAML file below deploy/, relative to it, in alphabetical order. */
export function yamlFiles(folder: string): string[] {
  return globSync(`${folder}/**/*.yaml`, { cwd: root }).toSorted();
}

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The documents of one file in their order. Throws on whatever the YAML parser finds, and on a document with no kind. */
export function manifestsOf(file: string): Manifest[] {
  return parseAllDocuments(textOf(file)).map((document) => {
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

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Source } from '../resources/yaml-documents.js';

const DEPLOY = fileURLToPath(new URL('../../../../deploy/', import.meta.url));
const BASE = [
  'platform/kube/bookinfo.yaml',
  'networking/bookinfo-gateway.yaml',
  'networking/destination-rule-all.yaml',
];

/** Returns the files that `bookinfo up` applies, and files of deploy/networking by their names. */
export function bookinfoFiles(...rules: string[]): Source[] {
  return [...BASE, ...rules.map((rule) => `networking/${rule}.yaml`)].map((file) => ({
    file,
    text: readFileSync(`${DEPLOY}${file}`, 'utf8'),
  }));
}

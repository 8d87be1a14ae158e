import type { Source } from '@bookinfo/rules';
import { parseAllDocuments } from 'yaml';
import { BOOKINFO, sourceOf } from '../sources.ts';

/** The parts of a Deployment that a target changes. */
interface Deployment {
  kind: string;
  metadata: { name: string };
  spec: { replicas: number };
}

const deployments: readonly Deployment[] = parseAllDocuments(sourceOf(BOOKINFO).text)
  .map((document) => document.toJS() as Deployment)
  .filter(({ kind }) => kind === 'Deployment');

/** The names of the Deployments of Bookinfo. */
export const BOOKINFO_DEPLOYMENTS: readonly string[] = deployments.map(({ metadata }) => metadata.name);

/** Returns these Deployments of Bookinfo with so many pods. */
export function withReplicas(names: readonly string[], replicas: number): Source {
  return changed(names, (each) => ({ ...each, spec: { ...each.spec, replicas } }));
}

/** Returns these Deployments of Bookinfo by other names; their labels, and so the Services of their pods, are the same. */
export function renamed(names: readonly string[], nameOf: (name: string) => string): Source {
  return changed(names, (each) => ({
    ...each,
    metadata: { ...each.metadata, name: nameOf(each.metadata.name) },
  }));
}

function changed(names: readonly string[], change: (deployment: Deployment) => Deployment): Source {
  const chosen = deployments.filter(({ metadata }) => names.includes(metadata.name));
  return { file: BOOKINFO, text: chosen.map((each) => JSON.stringify(change(each))).join('\n---\n') };
}

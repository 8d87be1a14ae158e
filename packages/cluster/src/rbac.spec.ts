import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { DEPLOYMENTS, RULE_KINDS } from './kinds.js';
import { bookinfoObjects } from './testing/bookinfo-objects.js';
import { witnessPods } from './witness/witness-pods.js';

interface Role {
  kind: string;
  metadata: { name: string };
  rules?: { apiGroups: string[]; resources: string[]; resourceNames?: string[]; verbs: string[] }[];
}

const FILE = fileURLToPath(new URL('../../../deploy/cluster/rbac.yaml', import.meta.url));
const roles = parseAllDocuments(readFileSync(FILE, 'utf8')).map((document) => document.toJS() as Role);

/** Returns the rules of a Role or ClusterRole. */
function rulesOf(name: string): NonNullable<Role['rules']> {
  const role = roles.find(({ metadata, rules }) => metadata.name === name && rules);
  return role?.rules ?? [];
}

test('deploy/cluster/rbac.yaml permits to list each kind that is read, and no other verb', () => {
  const permitted = rulesOf('bookinfo-reader').flatMap(({ apiGroups: [group], resources, verbs }) =>
    resources.map((resource) => `${verbs.join()} ${resource}.${group}`),
  );
  const read = [...RULE_KINDS, DEPLOYMENTS].map(({ plural, group }) => `list ${plural}.${group}`);
  expect(permitted.toSorted()).toEqual(
    [...read, 'get configmaps.', 'list pods.', 'list services.'].toSorted(),
  );
});

test('deploy/cluster/rbac.yaml permits to forward ports of the witnesses of Bookinfo alone', () => {
  const objects = bookinfoObjects().filter(({ metadata }) => metadata.namespace === 'default');
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  const pods = witnessPods(
    { namespace: 'default' },
    { deployments, pods: objects.filter(({ kind }) => kind === 'Pod') },
  );
  const [rule] = rulesOf('bookinfo-witness');
  expect(rule?.resourceNames).toEqual(pods.map(({ metadata }) => metadata.name).toSorted());
});

import { formatPath, type FieldPath } from './field-path.js';
import { locate } from './field-positions.js';
import { findKind, kinds } from './kinds/index.js';
import { passedOverKind } from './passed-over-kinds.js';
import { firstProblems, MAX_PROBLEMS, type Notice, type Problem } from './problem.js';
import { resourceKey, type Resource } from './resource.js';
import { schemaNotices } from './schema-notices.js';
import { schemaProblems } from './schema-problems.js';
import { didYouMean, showValue } from '@bookinfo/text';
import { readYamlDocuments, type Source, type YamlDocument } from './yaml-documents.js';

/** If `problems` is empty, `resources` are all resources of the files, in their order. */
export interface ParseResult {
  resources: Resource[];
  problems: Problem[];
  /** What the files mean that their authors may not expect. */
  notices: Notice[];
}

/**
 * Parses and validates the YAML of all files. Returns all errors of all files as `problems`, file by file in the order of
 * lines, at most a hundred of a file. Fields of Istio or Kubernetes that are not supported are problems too. The items of a
 * `kind: List` are resources of their own, as for kubectl. A resource may be in several files, of which the last one counts, as for kubectl; a resource that
 * is twice in one file is a problem.
 *
 * @param namespace that of resources that name none, as `kubectl apply --namespace` gives them
 */
export function parseResources(sources: readonly Source[], namespace?: string): ParseResult {
  const results = sources.map((source) => readSource(source, namespace));
  return {
    resources: results.flatMap(({ resources }) => resources),
    problems: results.flatMap(({ problems }) => problems),
    notices: results.flatMap(({ notices }) => notices),
  };
}

function readSource(source: Source, namespace: string | undefined): ParseResult {
  const problems: Problem[] = [];
  const documents = readYamlDocuments(source, problems);
  const resources: Resource[] = [];
  for (const document of documents) {
    if (problems.length > MAX_PROBLEMS) break;
    const written = readResources(document, [], document.value, problems);
    resources.push(...written.map((resource) => inNamespace(resource, namespace)));
  }
  const notices = documents.flatMap((document) => document.notices);
  const first = firstProblems(problems.concat(duplicates(resources)));
  return {
    resources,
    problems: first.map((problem) => withReading(problem, notices)),
    notices: firstProblems(notices),
  };
}

/** Returns the resource in the namespace, unless it names one itself or is one. */
function inNamespace(resource: Resource, namespace: string | undefined): Resource {
  const { metadata } = resource.source.manifest as { metadata: { namespace?: string } };
  if (namespace === undefined || metadata.namespace !== undefined || resource.kind === 'Namespace')
    return resource;
  return { ...resource, metadata: { ...resource.metadata, namespace } };
}

/** Adds to a problem of a value how kubectl reads the value, where that is the reason. */
function withReading(problem: Problem, notices: readonly Notice[]): Problem {
  const notice = notices.find(({ line, column }) => line === problem.line && column === problem.column);
  return notice ? { ...problem, message: `${problem.message}; ${notice.message}` } : problem;
}

function readResources(
  document: YamlDocument,
  path: FieldPath,
  value: unknown,
  problems: Problem[],
): Resource[] {
  const note = (field: FieldPath, level: Notice['level'], message: string): void => {
    document.notices.push({ ...(locate(document.positions, field) ?? document.start), level, message });
  };
  const refuse = (field: FieldPath, message: string): [] => {
    problems.push({ ...(locate(document.positions, field) ?? document.start), message });
    return [];
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(path, 'a resource is an object with apiVersion, kind and metadata');
  }
  const manifest = value as Record<string, unknown>;
  const { kind, apiVersion } = manifest;
  if (kind === 'List' && apiVersion === 'v1') {
    const items: unknown = manifest['items'];
    const itemsPath = [...path, 'items'];
    if (!Array.isArray(items)) {
      return refuse(itemsPath, `${formatPath(itemsPath)} should be a list of resources`);
    }
    return items.flatMap((item, index) => readResources(document, [...itemsPath, index], item, problems));
  }
  const kindPath = [...path, 'kind'];
  const supported = `supported here: ${Object.keys(kinds).join(', ')}`;
  if (kind === undefined) return refuse(path, `${formatPath(kindPath)} is missing (${supported})`);
  const found = typeof kind === 'string' ? findKind(apiVersion, kind) : undefined;
  const passedOver = passedOverKind(apiVersion, kind);
  if (passedOver) {
    note(kindPath, passedOver.level, `${nameOf(kind)} is passed over (${passedOver.reason})`);
    return [];
  }
  if (!found) {
    const suggestion = didYouMean(nameOf(kind), Object.keys(kinds));
    return refuse(kindPath, `kind ${nameOf(kind)} is not supported${suggestion} (${supported})`);
  }

  const { data, error } = kinds[found].safeParse(value, { reportInput: true });
  if (error) {
    // In another version every field may have another meaning: a list of unknown fields would hide the reason.
    const version = error.issues.filter((issue) => issue.path[0] === 'apiVersion');
    const issues = version.length > 0 ? version : error.issues;
    for (const problem of schemaProblems(issues, path)) refuse(problem.path, problem.message);
    return [];
  }
  for (const { path: field, level, message } of schemaNotices(kinds[found], value, path))
    note(field, level, message);
  const start = locate(document.positions, path) ?? document.start;
  return [{ ...data, source: { start, manifest, positions: document.positions, path } }];
}

function nameOf(kind: unknown): string {
  return typeof kind === 'string' && /^\w{1,80}$/.test(kind) ? kind : showValue(kind);
}

function duplicates(resources: readonly Resource[]): Problem[] {
  const first = new Map<string, Resource>();
  return resources.flatMap((resource) => {
    const key = resourceKey(resource);
    const other = first.get(key);
    if (!other) {
      first.set(key, resource);
      return [];
    }
    const { start } = other.source;
    return {
      ...resource.source.start,
      message: `${key} is written twice (first at ${start.file}:${start.line})`,
    };
  });
}

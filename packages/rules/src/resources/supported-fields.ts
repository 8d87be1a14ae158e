import { kinds, type Kind } from './kinds/index.js';
import { schemaFields, type SchemaField } from './schema-fields.js';

const INTRODUCTION = `# Supported fields

Written by \`npm run docs\` from the schemas under \`packages/rules/src/resources/kinds\`, and compared with them in a test: do not
edit it.

What the mesh on a laptop takes of each kind; \`metadata\` is the same for all. A field that is not listed is refused as unknown, with its file and line; none
is ever ignored. \`[]\` stands for the entries of a list, \`<name>\` for a key that is free, **bold** is what the object around it
needs. Fields without effect here are for a cluster, and accepted so that one file serves both. Several fields together may
have rules of their own, which the error names.
`;

/** The Markdown of docs/supported-fields.md: every field of every kind, and why others are refused. */
export function supportedFields(): string {
  const names = Object.keys(kinds) as Kind[];
  const metadata = schemaFields(kinds.VirtualService).filter(({ path }) => path.startsWith('metadata.'));
  return [INTRODUCTION, ...fieldTables('metadata', metadata), ...names.map(section)].join('\n');
}

function section(kind: Kind): string {
  const [apiVersion, , ...fields] = schemaFields(kinds[kind]).filter(
    ({ path }) => !path.startsWith('metadata.'),
  );
  const versions = (apiVersion?.meaning ?? '').replace('one of ', '');
  return fieldTables(kind, fields, `apiVersion: ${versions}`).join('\n');
}

function fieldTables(title: string, fields: readonly SchemaField[], ...notes: string[]): string[] {
  const used = (use: SchemaField['use']): SchemaField[] => fields.filter((field) => field.use === use);
  const inert = used('inert').map(({ path }) => `\`${path}\``);
  return [
    `## ${title}`,
    '',
    ...notes.flatMap((note) => [note, '']),
    ...table('Field', 'What it takes', used('supported')),
    ...table('Refused', 'Why', used('refused')),
    ...(inert.length === 0 ? [] : [`Without effect here: ${inert.join(', ')}.`, '']),
  ];
}

/** Aligned as prettier aligns it. */
function table(left: string, right: string, fields: readonly SchemaField[]): string[] {
  if (fields.length === 0) return [];
  const rows = fields.map(({ path, meaning, isRequired }) => [
    isRequired ? `**\`${path}\`**` : `\`${path}\``,
    meaning.replaceAll('|', '\\|').replaceAll('*', '\\*'),
  ]);
  const all = [[left, right], ...rows];
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line([left, right]), rule, ...rows.map(line), ''];
}

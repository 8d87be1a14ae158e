import { kinds, type Kind } from './kinds/index.js';
import { schemaFields, type SchemaField } from './schema-fields.js';

const INTRODUCTION = `# Supported fields

Written by \`npm run docs\` from the schemas under \`packages/rules/src/resources/kinds\`, and compared with them in a test: do not
edit it.

The fields that the mesh on a laptop takes; \`metadata\` is the same for all kinds. A field that is not listed is an error, with its
file and line. \`[]\` is any entry of a list, \`<name>\` any key, and **bold** a field that the object around it needs. A refused
field is an error that names the reason; a field that is passed over has no effect, and a notice says so. Ignored fields have an effect in a cluster only, and are accepted so that one file serves
both. Further rules concern several fields together; the error names them.
`;

/** Returns the Markdown of docs/supported-fields.md: every field of every kind, and the reasons of refused ones. */
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
  const ignored = used('ignored').map(({ path }) => `\`${path}\``);
  return [
    `## ${title}`,
    '',
    ...notes.flatMap((note) => [note, '']),
    ...table('Field', 'Value', used('supported')),
    ...table('Refused', 'Why', used('unsupported')),
    ...table('Passed over', 'Why', used('passed over')),
    ...(ignored.length === 0 ? [] : [`Ignored: ${ignored.join(', ')}.`, '']),
  ];
}

/** Returns a table with columns aligned as prettier aligns them. */
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

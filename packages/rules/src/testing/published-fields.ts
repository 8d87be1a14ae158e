import { readFileSync } from 'node:fs';

const COMMENT = /\/\*[^]*?\*\//g;
const IMPORT = /import \{ (\w+) \} from "(\.[^"]+|@kubernetes-models\/apimachinery\/[^"]+)"/g;
/** The name of a field with its colon, another string, a brace, or the name of a type. */
const TOKEN = /"([^"]*)"(\??:)?|[{}]|\b\w+\b/g;

/**
 * Returns the fields of a module of @kubernetes-models, as `spec.http.match.uri`. These packages contain the schemas of
 * CustomResourceDefinitions as compiled validators and as declarations; the declarations can be read.
 */
export function publishedFields(module: string): ReadonlySet<string> {
  const fields = new Set<string>();
  collect(declarationOf(module), '', fields);
  return fields;
}

function declarationOf(module: string, importer?: URL): URL {
  const file =
    importer && module.startsWith('.') ? new URL(module, importer).href : import.meta.resolve(module);
  return new URL(file.replace(/\.js$/, '.d.ts'));
}

/** Adds the fields of the first interface of a file. */
function collect(declaration: URL, base: string, fields: Set<string>): void {
  const text = readFileSync(declaration, 'utf8').replaceAll(COMMENT, '');
  const modules = new Map(Array.from(text.matchAll(IMPORT), ([, name = '', module = '']) => [name, module]));
  const start = text.indexOf('export interface ');
  if (start < 0) return; // an alias of a plain type
  const parents: string[] = [];
  let field = base;
  for (const [token, key, colon] of text.slice(start).matchAll(TOKEN)) {
    const module = modules.get(token);
    if (token === '{') parents.push(field);
    else if (token === '}') {
      field = parents.pop() ?? base;
      if (parents.length === 0) return;
    } else if (colon !== undefined && key !== undefined) {
      const parent = parents.at(-1) ?? '';
      field = parent === '' ? key : `${parent}.${key}`;
      fields.add(field);
    } else if (module !== undefined) collect(declarationOf(module, declaration), field, fields);
  }
}

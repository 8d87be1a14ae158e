import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../../support/repository.ts';

const FOLDER = join(root, 'deploy/telemetry/dashboards');

export interface Dashboard {
  file: string;
  uid: string;
  title: string;
  templating: { list: { name: string; query: { query: string } }[] };
  panels: {
    id: number;
    title: string;
    datasource: { uid: string };
    gridPos: { x: number; y: number; w: number; h: number };
    targets: { expr: string; datasource: { uid: string } }[];
  }[];
}

/** The dashboards of deploy/telemetry. */
export const DASHBOARDS = globSync(join(FOLDER, '*.json'))
  .toSorted()
  .map((path): Dashboard => ({
    ...(JSON.parse(readFileSync(path, 'utf8')) as Dashboard),
    file: basename(path),
  }));

/** Returns an expression with these values in the place of its variables, as Grafana sends it. */
export function expressionWith(expression: string, values: Readonly<Record<string, string>>): string {
  return expression.replaceAll(/\$(\w+)/g, (variable, name: string) => values[name] ?? variable);
}

import type { Plugin } from 'rolldown';

const ISSUE = 'https://github.com/ReactiveX/rxjs/issues/6856';

/**
 * Resolves rxjs to its ES modules, of which the bundle keeps only what is used: for Node, its package.json offers nothing
 * but CommonJS (the issue above), which can't be shaken. Saves 1 MB.
 */
export function lighterRxjs(): Plugin {
  return {
    name: 'lighter-rxjs',
    resolveId: {
      filter: { id: /^rxjs(\/operators)?$/ },
      async handler(source, importer) {
        const resolved = await this.resolve(source, importer, { skipSelf: true });
        if (!resolved) return null;
        const id = resolved.id.replace('/dist/cjs/', '/dist/esm/');
        if (id === resolved.id) {
          this.error(
            `${source} resolves to ${id}, not to dist/cjs: delete service-build/src/lighter-rxjs.ts if ${ISSUE} is solved`,
          );
        }
        return { ...resolved, id };
      },
    },
  };
}

import type { Plugin } from 'rolldown';

/**
 * Takes rxjs' ES modules, of which only what is used gets into the bundle. Its package offers Node nothing but CommonJS.
 */
export function lighterRxjs(): Plugin {
  return {
    name: 'lighter-rxjs',
    resolveId: {
      filter: { id: /^rxjs(\/operators)?$/ },
      async handler(source, importer) {
        const resolved = await this.resolve(source, importer, { skipSelf: true });
        return resolved && { ...resolved, id: resolved.id.replace('/dist/cjs/', '/dist/esm/') };
      },
    },
  };
}

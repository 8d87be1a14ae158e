import type { Plugin } from 'rolldown';

const ISSUE = 'https://github.com/axios/axios/issues/5380';

/** Files of axios/lib that services never use: service-kit brings its own adapter, and no request has a form. */
const UNUSED_FILES = /\/axios\/lib\/(adapters\/(?:http|xhr|fetch)|platform\/node\/classes\/FormData)\.js$/;

const UNUSED_FILE_COUNT = 4;

/**
 * Leaves axios' own adapters and its forms out of the bundle: tree shaking can't (the issue above). utils.js even reads
 * `globalThis.FormData`, for which Node loads its whole fetch. Saves 7 MB and about 30 ms of start.
 */
export function lighterAxios(): Plugin {
  const replaced = new Set<string>();
  return {
    name: 'lighter-axios',
    load: {
      filter: { id: UNUSED_FILES },
      handler(id) {
        replaced.add(id);
        // axios' package.json replaces the same files for browsers.
        return 'export default null; export const getFetch = null;';
      },
    },
    transform: {
      filter: { id: /\/axios\/lib\/utils\.js$/ },
      handler(code, id) {
        const lighter = code.replace(/^const FormDataCtor = .*$/m, 'const FormDataCtor = undefined;');
        if (lighter === code) {
          this.error(
            `${id} no longer has a line "const FormDataCtor = …": ${advice('drop that replacement')}`,
          );
        }
        // The replacement keeps every line in its place, so the source map stays right.
        return { code: lighter, map: null };
      },
    },
    buildEnd(error) {
      if (error || replaced.size === UNUSED_FILE_COUNT) return;
      const found = [...replaced].join(', ') || 'none';
      this.error(
        `axios has ${replaced.size} of the ${UNUSED_FILE_COUNT} files to leave out (${found}): ${advice('adapt UNUSED_FILES')}`,
      );
    },
  };
}

function advice(change: string): string {
  return `${change} in service-build/src/lighter-axios.ts, or delete the plugin if ${ISSUE} is solved`;
}

import type { Plugin } from 'rolldown';

/**
 * Leaves out of axios what no service runs but what takes its time to load: its ways to send, since service-kit brings
 * one of its own, and forms, the mere mention of which makes Node load the whole of its fetch (30 ms, 3 MB).
 */
export function lighterAxios(): Plugin {
  return {
    name: 'lighter-axios',
    load: {
      filter: { id: /\/axios\/lib\/(adapters\/(http|xhr|fetch)|platform\/node\/classes\/FormData)\.js$/ },
      // As axios does it in its own build for browsers.
      handler: () => 'export default null; export const getFetch = null;',
    },
    transform: {
      filter: { id: /\/axios\/lib\/utils\.js$/ },
      handler(code, id) {
        const lighter = code.replace(/^const FormDataCtor = .*$/m, 'const FormDataCtor = undefined;');
        if (lighter === code) this.error(`${id} no longer has a FormDataCtor, which was left out here`);
        // No line has moved.
        return { code: lighter, map: null };
      },
    },
  };
}

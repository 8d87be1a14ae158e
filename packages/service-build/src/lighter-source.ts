import type { Plugin } from 'rolldown';

/**
 * Writes the few characters beyond ASCII as escapes: one of them makes V8 keep the whole source in two bytes a character
 * (2 MB). In the bundles they stand in texts and patterns only.
 */
export function lighterSource(): Plugin {
  return {
    name: 'lighter-source',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = file.code.replace(/[^\0-\x7f]/g, escape);
      }
    },
  };
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

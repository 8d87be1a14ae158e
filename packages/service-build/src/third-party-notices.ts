import { createRollupLicensePlugin } from 'rollup-license-plugin';
import type { Plugin } from 'rolldown';

const RULE = '-'.repeat(80);

/** The license of that name (https://spdx.org/licenses/MIT), for packages that ship without its text. */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

interface LicensedPackage {
  name: string;
  version: string;
  author?: string | { name: string } | undefined;
  license: string;
  licenseText?: string | null | undefined;
}

/**
 * Writes THIRD-PARTY-NOTICES beside the bundle: the license of each package whose code is in it, which licenses require of
 * copies. Packages with the same text share it.
 *
 * @throws {Error} from the build, when the text of a license is nowhere to be found
 */
export function thirdPartyNotices(): Plugin {
  return createRollupLicensePlugin({
    outputFilename: false,
    additionalFiles: {
      'THIRD-PARTY-NOTICES': (packages) => {
        const sorted = packages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
        return Array.from(Map.groupBy(sorted, textOf), ([text, those]) => notice(text, those)).join(
          `\n${RULE}\n\n`,
        );
      },
    },
  }) as Plugin;
}

function notice(text: string, packages: readonly LicensedPackage[]): string {
  const names = packages.map(({ name, version, license }) => `${name} ${version} (${license})\n`);
  return `${names.join('')}\n${text}\n`;
}

function textOf({ name, version, author, license, licenseText }: LicensedPackage): string {
  const holder = typeof author === 'object' ? author.name : (author ?? `the authors of ${name}`);
  const text = licenseText ?? (license === 'MIT' ? `Copyright (c) ${holder}\n\n${MIT}` : undefined);
  if (text === undefined)
    throw new Error(`${name} ${version} has no file with the text of its license (${license})`);
  return text.trim();
}

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { Injectable } from '@nestjs/common';
import { PACKAGE_FOLDER } from '../package-folder.js';

const FOLDER = join(PACKAGE_FOLDER, 'static');

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file that pages refer to. */
export interface Asset {
  body: Buffer;
  type: string;
  /** Hash of the content; it gives each version its own URL. */
  hash: string;
}

/** The files of `static/`, read once: no request reaches the file system. */
@Injectable()
export class AssetsService {
  private readonly assets = new Map(readdirSync(FOLDER).map((name) => [name, read(name)]));

  find(name: string): Asset | undefined {
    return this.assets.get(name);
  }

  /**
   * Returns the URL of the file's current version.
   *
   * @throws {Error} when there is no such file
   */
  url(name: string): string {
    const asset = this.find(name);
    if (!asset) throw new Error(`${join(FOLDER, name)} does not exist, but a template refers to it`);
    return `${PRODUCTPAGE_PATHS.static}/${name}?v=${asset.hash}`;
  }
}

function read(name: string): Asset {
  const type = TYPES[extname(name)];
  if (type === undefined) throw new Error(`${join(FOLDER, name)} has no known media type; add it to TYPES`);
  const body = readFileSync(join(FOLDER, name));
  return { body, type, hash: createHash('sha256').update(body).digest('hex').slice(0, 16) };
}

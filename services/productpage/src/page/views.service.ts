import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { PACKAGE_FOLDER } from '../package-folder.js';
import { Assets } from '../static/assets.js';
import type { ProductpageView } from './productpage-view.js';

const FOLDER = join(PACKAGE_FOLDER, 'views');

/** What every page shows. */
export interface LayoutView {
  user: string | undefined;
}

/** The pages, from templates that are read and compiled once. */
@Injectable()
export class Views {
  private readonly handlebars = Handlebars.create();

  readonly index: (view: LayoutView) => string;
  readonly productpage: (view: ProductpageView) => string;
  readonly loginRefused: (view: LayoutView) => string;

  constructor(assets: Assets) {
    this.handlebars.registerHelper('asset', (name: string) => assets.url(name));
    for (const file of readdirSync(FOLDER)) {
      this.handlebars.registerPartial(parse(file).name, this.compile(file));
    }
    this.index = this.compile('index.hbs');
    this.productpage = this.compile('productpage.hbs');
    this.loginRefused = this.compile('login-refused.hbs');
  }

  private compile(file: string): HandlebarsTemplateDelegate {
    // Strict, so that a misspelt field is an error and not a gap in the page.
    return this.handlebars.compile(readFileSync(join(FOLDER, file), 'utf8'), {
      strict: true,
      preventIndent: true,
    });
  }
}

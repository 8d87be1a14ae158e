import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { PACKAGE_FOLDER } from '../package-folder.js';
import { AssetsService } from '../static/assets.service.js';
import type { LayoutView, ProductpageView } from './view-models.js';

const FOLDER = join(PACKAGE_FOLDER, 'views');

/** Renders the pages, from templates that are read and compiled once. */
@Injectable()
export class ViewsService {
  private readonly handlebars = Handlebars.create();

  readonly index: (view: LayoutView) => string;
  readonly productpage: (view: ProductpageView) => string;
  readonly loginRefused: (view: LayoutView) => string;

  constructor(assets: AssetsService) {
    this.handlebars.registerHelper('asset', (name: string) => assets.url(name));
    for (const file of readdirSync(FOLDER)) {
      this.handlebars.registerPartial(parse(file).name, this.compile(file));
    }
    this.index = this.compile('index.hbs');
    this.productpage = this.compile('productpage.hbs');
    this.loginRefused = this.compile('login-refused.hbs');
  }

  private compile(file: string): HandlebarsTemplateDelegate {
    // Strict: a misspelt field is an error instead of a gap in the page.
    return this.handlebars.compile(readFileSync(join(FOLDER, file), 'utf8'), {
      strict: true,
      preventIndent: true,
    });
  }
}

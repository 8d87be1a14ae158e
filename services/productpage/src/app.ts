import { defineService } from '@bookinfo/service-kit';
import { ProductpageModule } from './productpage.module.js';
import { acceptForms } from './session/form-body.js';
import { SessionSecret } from './session/session-secret.provider.js';
import { addSession } from './session/session.js';
import { productpageSettings } from './settings.js';

export const productpage = defineService({
  app: 'productpage',
  settings: productpageSettings,
  module: ProductpageModule,
  configure: async (app) => {
    acceptForms(app);
    await addSession(app, app.get(SessionSecret).value);
  },
});

import { InjectLogger, type Logger } from '@bookinfo/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { productpageSettings, type Settings } from '../settings.js';

/** Public, but the same on every replica, so that a demo needs no configuration. */
const DEMO_SECRET = 'bookinfo demo: not a secret';

/** The key that signs sessions. */
@Injectable()
export class SessionSecret {
  readonly value: string;

  constructor(@Inject(productpageSettings.KEY) { SESSION_SECRET }: Settings, @InjectLogger() logger: Logger) {
    if (SESSION_SECRET === undefined) {
      logger.warn(
        'SESSION_SECRET is not set: sessions are signed with a public demo key, and any client can forge one',
      );
    }
    this.value = SESSION_SECRET ?? DEMO_SECRET;
  }
}

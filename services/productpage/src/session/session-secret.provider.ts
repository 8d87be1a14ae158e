import { InjectLogger, InjectSettings, type Logger } from '@bookinfo/service-kit';
import { Injectable } from '@nestjs/common';
import type { Settings } from '../settings.js';

/** Not a secret: everybody can read it here. It is the same everywhere, so that a demo works with any replicas. */
const DEMO_SECRET = 'bookinfo demo: not a secret';

/** What signs sessions. */
@Injectable()
export class SessionSecret {
  readonly value: string;

  constructor(@InjectSettings() settings: Settings, @InjectLogger() logger: Logger) {
    if (settings.SESSION_SECRET === undefined) {
      logger.warn(
        'SESSION_SECRET is not set: sessions are signed with a public demo key, anybody can forge them',
      );
    }
    this.value = settings.SESSION_SECRET ?? DEMO_SECRET;
  }
}

import { HttpModule } from '@nestjs/axios';
import { Module, type OnApplicationShutdown } from '@nestjs/common';
import type { CommonSettings } from '../settings/common-settings.js';
import { SETTINGS } from '../settings/settings.token.js';
import { Dispatchers } from './dispatchers.js';
import { undiciAdapter } from './undici-adapter.js';
import { UpstreamClient } from './upstream-client.js';

/** The services' answers are a few hundred bytes, Google Books' a few kilobytes. */
const LONGEST_ANSWER = 1024 * 1024;

@Module({
  providers: [
    {
      provide: Dispatchers,
      inject: [SETTINGS],
      useFactory: (settings: CommonSettings) => new Dispatchers(settings),
    },
  ],
  exports: [Dispatchers],
})
class DispatchersModule implements OnApplicationShutdown {
  constructor(private readonly dispatchers: Dispatchers) {}

  // Not onModuleDestroy: Nest calls that while requests are still being answered.
  async onApplicationShutdown() {
    await this.dispatchers.destroy();
  }
}

/** The one place where the HTTP client is configured. */
@Module({
  imports: [
    HttpModule.registerAsync({
      imports: [DispatchersModule],
      inject: [Dispatchers],
      useFactory: (dispatchers: Dispatchers) => ({
        adapter: undiciAdapter(dispatchers),
        maxContentLength: LONGEST_ANSWER,
        validateStatus: null,
        // The body stays text: what isn't JSON must be told from what is.
        transformResponse: [],
      }),
    }),
  ],
  providers: [UpstreamClient],
  exports: [UpstreamClient],
})
export class UpstreamModule {}

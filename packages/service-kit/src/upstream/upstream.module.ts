import { HttpModule } from '@nestjs/axios';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Dispatcher } from 'undici';
import type { CommonSettings } from '../settings/common-settings.js';
import { SETTINGS } from '../settings/settings.token.js';
import { createDispatcher } from './dispatcher.js';
import { undiciAdapter } from './undici-adapter.js';
import { UpstreamClient } from './upstream-client.js';

const DISPATCHER = Symbol('dispatcher');

/** The services' answers are a few hundred bytes, Google Books' a few kilobytes. */
const LONGEST_ANSWER = 1024 * 1024;

@Module({
  providers: [
    {
      provide: DISPATCHER,
      inject: [SETTINGS],
      useFactory: (settings: CommonSettings) => createDispatcher(settings),
    },
  ],
  exports: [DISPATCHER],
})
class DispatcherModule implements OnApplicationShutdown {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  // Not onModuleDestroy: Nest calls that while requests are still being answered.
  async onApplicationShutdown() {
    await this.dispatcher.destroy();
  }
}

/** The one place where the HTTP client is configured. */
@Module({
  imports: [
    HttpModule.registerAsync({
      imports: [DispatcherModule],
      inject: [DISPATCHER],
      useFactory: (dispatcher: Dispatcher) => ({
        adapter: undiciAdapter(dispatcher),
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

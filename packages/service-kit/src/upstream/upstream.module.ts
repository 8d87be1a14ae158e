import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { Dispatchers } from './dispatchers.provider.js';
import { undiciAdapter } from './undici-adapter.js';
import { UpstreamClient } from './upstream.client.js';

/** Limit of a response, in bytes. Those of the services have some hundred, those of Google Books some thousand. */
const MAX_RESPONSE = 1024 * 1024;

@Module({ providers: [Dispatchers], exports: [Dispatchers] })
class DispatchersModule {}

/** The configuration of the HTTP client. */
@Module({
  imports: [
    HttpModule.registerAsync({
      imports: [DispatchersModule],
      inject: [Dispatchers],
      useFactory: (dispatchers: Dispatchers) => ({
        adapter: undiciAdapter(dispatchers),
        maxContentLength: MAX_RESPONSE,
        validateStatus: null,
        // UpstreamClient parses the body: axios would return invalid JSON as a string.
        transformResponse: [],
      }),
    }),
  ],
  providers: [UpstreamClient],
  exports: [UpstreamClient],
})
export class UpstreamModule {}

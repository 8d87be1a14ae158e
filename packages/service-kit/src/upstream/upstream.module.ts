import { HttpModule, HttpService } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import type { CreateAxiosDefaults } from 'axios';
import { Dispatchers } from './dispatchers.provider.js';
import { undiciAdapter } from './undici-adapter.js';
import { UpstreamClient } from './upstream.client.js';

/** Limit of a response, in bytes. Those of the services have some hundred, those of Google Books some thousand. */
const MAX_RESPONSE = 1024 * 1024;

@Module({ providers: [Dispatchers], exports: [Dispatchers] })
class DispatchersModule {}

const axiosConfig = (dispatchers: Dispatchers) =>
  ({
    adapter: undiciAdapter(dispatchers),
    maxContentLength: MAX_RESPONSE,
    validateStatus: null,
    // UpstreamClient parses the body: axios would return invalid JSON as a string.
    transformResponse: [],
  }) satisfies CreateAxiosDefaults;

/** The configuration of the HTTP client. */
@Module({
  imports: [
    DispatchersModule,
    HttpModule.registerAsync({
      imports: [DispatchersModule],
      inject: [Dispatchers],
      useFactory: axiosConfig,
    }),
  ],
  providers: [UpstreamClient],
  exports: [UpstreamClient],
})
export class UpstreamModule {
  constructor({ axiosRef }: HttpService, dispatchers: Dispatchers) {
    // axios merges all defaults into each request. Its own are for forms, cookies of browsers and old behaviour.
    const config = axiosConfig(dispatchers);
    for (const name of Object.keys(axiosRef.defaults))
      if (!(name in config)) Reflect.deleteProperty(axiosRef.defaults, name);
  }
}

import type { ApplicationPage } from '@bookinfo/analysis';
import type { Clock } from '@bookinfo/effects';
import { PageClient } from '../verify/page/page-client.js';

/** Requests under way; while there are as many, none is sent. */
const MAX_IN_FLIGHT = 200;
const TIMEOUT_MS = 60_000;

export interface WantedLoad {
  isOn: boolean;
  requestsPerSecond: number;
  /** Who is signed in. Default: no user. */
  user?: string | undefined;
}

export interface LoadState extends Omit<WantedLoad, 'user'> {
  user?: string;
  sent: number;
  /** Requests without a response, or with an error of the server. */
  failed: number;
  statuses: Record<string, number>;
}

export interface LoadGeneratorOptions {
  gatewayUrl: () => string;
  page: () => Promise<ApplicationPage>;
  clock: Clock;
}

/** Opens the application's page through the ingress gateway, at a steady rate. It is off at first. */
export class LoadGenerator {
  readonly #options: LoadGeneratorOptions;
  #state: LoadState = { isOn: false, requestsPerSecond: 1, sent: 0, failed: 0, statuses: {} };
  #cancel: () => void = () => undefined;

  constructor(options: LoadGeneratorOptions) {
    this.#options = options;
  }

  /** The counts since the last `set`. */
  get state(): LoadState {
    return { ...this.#state, statuses: { ...this.#state.statuses } };
  }

  /**
   * Ends the load and begins it as wanted.
   * @throws {Error} when the user cannot sign in; then it is off.
   */
  async set({ isOn, requestsPerSecond, user }: WantedLoad): Promise<LoadState> {
    this.stop();
    const state: LoadState = {
      isOn: false,
      requestsPerSecond,
      ...(user !== undefined && { user }),
      sent: 0,
      failed: 0,
      statuses: {},
    };
    this.#state = state;
    if (!isOn) return this.state;
    const { gatewayUrl, page: pageOf, clock } = this.#options;
    const page = await pageOf();
    const client = new PageClient(new URL(page.path, gatewayUrl()), page, clock);
    const problem = user === undefined ? undefined : await client.signIn(user);
    if (problem !== undefined) throw new Error(problem);
    // Another call may have come in the meantime.
    if (this.#state === state) this.#run(state, client);
    return this.state;
  }

  /** Sends no more requests. */
  stop(): void {
    this.#cancel();
    this.#state = { ...this.#state, isOn: false };
  }

  #run(state: LoadState, client: PageClient): void {
    const { clock } = this.#options;
    const everyMs = 1000 / state.requestsPerSecond;
    let inFlight = 0;
    let next = clock.now();
    const send = async (): Promise<void> => {
      inFlight += 1;
      state.sent += 1;
      const response = await client.open(TIMEOUT_MS);
      inFlight -= 1;
      if ('error' in response || response.status >= 500) state.failed += 1;
      if ('error' in response) return;
      state.statuses[response.status] = (state.statuses[response.status] ?? 0) + 1;
    };
    const tick = (): void => {
      if (inFlight < MAX_IN_FLIGHT) void send();
      // After a pause of this process the requests that were due are left out, so that none come in a burst.
      next = Math.max(next + everyMs, clock.now());
      this.#cancel = clock.after(next - clock.now(), tick);
    };
    state.isOn = true;
    tick();
  }
}

import { isSame, type Compared, type Observed } from './compared.ts';
import { follower, type RequestCase } from './corpus/request-case.ts';
import { startEngine, type EngineName } from './engines.ts';
import { inParallel } from './in-parallel.ts';
import { exchange, statusesOf } from './raw-exchange.ts';
import { RecordingBackend } from './recording-backend.ts';

/** Cases under way at a time. */
const LANES = 24;
/** A proxy that is silent for so long has left the connection open. */
const QUIET_MS = 700;
/** The same where both proxies seem to differ: on a busy machine either may have been late. */
const PATIENT_MS = 2500;

/** Sends each request, and another behind it, to both proxies, of which each group has new ones. */
export async function compareRequests(
  cases: readonly RequestCase[],
  onDone: () => void,
): Promise<Compared[]> {
  const groups = Map.groupBy(cases, ({ group }) => group);
  const results: Compared[] = [];
  for (const group of groups.values()) results.push(...(await compareGroup(group, onDone)));
  return results;
}

async function compareGroup(cases: readonly RequestCase[], onDone: () => void): Promise<Compared[]> {
  await using embedded = await Target.start('embedded');
  await using envoy = await Target.start('envoy');
  const compare = async (
    { group, name, bytes }: RequestCase,
    id: number,
    quietMs: number,
  ): Promise<Compared> => {
    const sent = bytes(id) + follower(id);
    const [ours, theirs] = await Promise.all([
      embedded.observe(id, sent, quietMs),
      envoy.observe(id, sent, quietMs),
    ]);
    return { group, name, bytes: sent, embedded: ours, envoy: theirs };
  };
  return await inParallel(cases, LANES, async (each, index) => {
    const first = await compare(each, 100_000 + index, QUIET_MS);
    onDone();
    return isSame(first) ? first : compare(each, 500_000 + index, PATIENT_MS);
  });
}

class Target implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();
  #port = 0;
  #backend!: RecordingBackend;

  static async start(name: EngineName): Promise<Target> {
    const target = new Target();
    target.#backend = target.#stack.use(await RecordingBackend.start());
    target.#port = target.#stack.use(await startEngine(name, target.#backend.endpoint)).port;
    return target;
  }

  async observe(id: number, bytes: string, quietMs: number): Promise<Observed> {
    const { text, isClosed } = await exchange(this.#port, bytes, quietMs);
    return { statuses: statusesOf(text), isClosed, seen: this.#backend.take(id) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

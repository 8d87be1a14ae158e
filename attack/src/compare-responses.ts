import { request } from 'node:http';
import { LOOPBACK } from '@bookinfo/effects';
import { startTcpBackend } from '@bookinfo/testing';
import { isSame, type Compared, type Observed } from './compared.ts';
import type { ResponseCase } from './corpus/responses.ts';
import { startEngine } from './engines.ts';
import { inParallel } from './in-parallel.ts';

/** Headers whose value is the time, or that only one proxy sends on the connection to its client. */
const OF_THE_PROXY = [
  'date',
  'connection',
  'keep-alive',
  'x-envoy-upstream-service-time',
  'transfer-encoding',
  'content-length',
];
const LANES = 24;
const LIMIT_MS = 1000;
const PATIENT_MS = 4000;

/** Lets the backend send each response through both proxies, of which each group has new ones. */
export async function compareResponses(
  cases: readonly ResponseCase[],
  onDone: () => void,
): Promise<Compared[]> {
  const results: Compared[] = [];
  for (const group of Map.groupBy(cases, ({ group: name }) => name).values())
    results.push(...(await compareGroup(group, onDone)));
  return results;
}

async function compareGroup(cases: readonly ResponseCase[], onDone: () => void): Promise<Compared[]> {
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.on('data', (data: Buffer) => {
      const [, index] = /\/a(\d+) HTTP/.exec(data.toString('latin1')) ?? [];
      const sent = cases[Number(index)];
      if (!sent) return;
      socket.write(sent.bytes, 'latin1');
      if (sent.closes) socket.end();
    }),
  );
  await using embedded = await startEngine('embedded', backend.endpoint, 1);
  await using envoy = await startEngine('envoy', backend.endpoint, 1);
  const compare = async (
    { group, name, bytes, method }: ResponseCase,
    index: number,
    limitMs: number,
  ): Promise<Compared> => {
    const ports = [embedded.port, envoy.port];
    const [ours, theirs] = await Promise.all(
      ports.map((port) => observe(port, method, `/a${index}`, limitMs)),
    );
    return { group, name, bytes, embedded: ours!, envoy: theirs! };
  };
  return await inParallel(cases, LANES, async (each, index) => {
    const first = await compare(each, index, LIMIT_MS);
    onDone();
    return isSame(first) ? first : compare(each, index, PATIENT_MS);
  });
}

/** Asks once, and describes the client's response: its headers, its body, and whether it was complete. */
function observe(port: number, method: string, path: string, limitMs: number): Promise<Observed> {
  return new Promise((resolve) => {
    const end = (status: number | undefined, seen: string): void => {
      resolve({
        statuses: status === undefined ? [] : [status],
        isClosed: status !== undefined,
        seen: [seen],
      });
      asking.destroy();
    };
    const asking = request(
      { host: LOOPBACK, port, method, path, headers: { host: 'reviews' }, agent: false },
      (response) => {
        const headers = Object.entries(response.headers).filter(([name]) => !OF_THE_PROXY.includes(name));
        const head = headers
          .map(([name, value]) => `${name}: ${String(value)}`)
          .toSorted()
          .join(' | ');
        let body = '';
        response
          .setEncoding('latin1')
          .on('data', (data: string) => (body += data))
          .on('error', () => undefined)
          .on('close', () =>
            end(response.statusCode, `[${head}] ${body} ${response.complete ? '' : '(incomplete)'}`),
          );
      },
    );
    asking
      .setTimeout(limitMs, () => end(undefined, 'no response in time'))
      .on('error', (error) => end(undefined, error.message))
      .end();
  });
}

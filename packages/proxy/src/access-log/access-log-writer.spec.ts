import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { startBackend, ask } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { Proxy } from '../listener/proxy.js';
import type { AccessLogEntry } from './access-log-entry.js';
import { AccessLogWriter } from './access-log-writer.js';

/** Returns an entry whose line is longer than 10,000 characters. */
async function someEntry(): Promise<AccessLogEntry> {
  const entries: AccessLogEntry[] = [];
  await using backend = await startBackend('reviews-v1');
  const table = tableOf({ endpoints: [backend.endpoint] });
  await using proxy = await Proxy.start({ role: 'sidecar', table, onAccess: (entry) => entries.push(entry) });
  await ask(proxy.port, { headers: { 'user-agent': 'x'.repeat(10_000) } });
  await expect.poll(() => entries.length).toBe(1);
  const [entry] = entries;
  if (!entry) throw new Error('no entry was recorded');
  return entry;
}

/** A stream that accepts nothing after its first piece until `go` is called. */
function stoppedStream() {
  const taken: string[] = [];
  let go: (() => void) | undefined;
  const stream = new Writable({
    write(data: Buffer, _, done) {
      taken.push(String(data));
      if (taken.length === 1) go = done;
      else done();
    },
  });
  return { stream, taken, go: () => go?.() };
}

test('while its reader has stopped, the log keeps 1 MiB and counts the lines that it leaves out', async () => {
  const entry = await someEntry();
  const { stream, taken, go } = stoppedStream();
  const log = new AccessLogWriter(stream, () => undefined);
  for (let count = 0; count < 200; count += 1) log.write('reviews-v1', entry);
  expect(stream.writableLength).toBeLessThan(1024 * 1024 + 20_000);
  go();
  await expect.poll(() => stream.writableLength).toBe(0);
  const written = taken.length;
  expect(written).toBeLessThan(200);
  log.write('reviews-v1', entry);
  await log.end();
  expect(taken.slice(written)).toEqual([
    `(${200 - written} lines left out)\n`,
    expect.stringMatching(/^reviews-v1 \[.*\n$/),
  ]);
});

test('a log whose stream fails reports that once and writes nothing more', async () => {
  const entry = await someEntry();
  const errors: string[] = [];
  const stream = new Writable({ write: (_, __, done) => done(new Error('the disk is full')) });
  const log = new AccessLogWriter(stream, ({ message }) => errors.push(message));
  log.write('reviews-v1', entry);
  log.write('reviews-v1', entry);
  await expect.poll(() => errors).toEqual(['the disk is full']);
  log.write('reviews-v1', entry);
  await log.end();
  expect(errors).toHaveLength(1);
});

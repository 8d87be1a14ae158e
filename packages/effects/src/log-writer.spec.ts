import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { LogWriter } from './log-writer.js';

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
  const line = 'x'.repeat(10_000);
  const { stream, taken, go } = stoppedStream();
  const log = new LogWriter(stream, () => undefined);
  for (let count = 0; count < 200; count += 1) log.write(line);
  expect(stream.writableLength).toBeLessThan(1024 * 1024 + 20_000);
  go();
  await expect.poll(() => stream.writableLength).toBe(0);
  const written = taken.length;
  expect(written).toBeLessThan(200);
  log.write('last');
  await log.end();
  expect(taken.slice(written).join('')).toBe(`(${200 - written} lines left out)\nlast\n`);
});

test('a log whose stream fails reports that once and writes nothing more', async () => {
  const errors: string[] = [];
  let writes = 0;
  const stream = new Writable({
    // As process.stdout, which is written to again after an error.
    autoDestroy: false,
    write: (_, __, done) => {
      writes += 1;
      done(new Error('the disk is full'));
    },
  });
  const log = new LogWriter(stream, ({ message }) => errors.push(message));
  log.write('one');
  log.write('two');
  await expect.poll(() => errors).toEqual(['the disk is full']);
  const before = writes;
  log.write('three');
  await log.end();
  expect(errors).toHaveLength(1);
  expect(writes).toBe(before);
});

test('a log whose reader never takes the rest ends all the same', async () => {
  const { stream } = stoppedStream();
  const log = new LogWriter(stream, () => undefined);
  log.write('one');
  await log.end();
  expect(stream.writableLength).toBeGreaterThan(0);
});

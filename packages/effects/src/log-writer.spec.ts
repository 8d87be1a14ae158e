import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
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
  for (let count = 0; count < 200; count += 1) {
    log.write(line);
    if (count % 50 === 0) await turn();
  }
  await turn();
  expect(stream.writableLength).toBeLessThan(1024 * 1024 + 20_000);
  go();
  await expect.poll(() => stream.writableLength).toBe(0);
  const written = taken.join('').split('\n').length - 1;
  expect(written).toBeLessThan(200);
  taken.length = 0;
  log.write('last');
  await log.end();
  expect(taken.join('')).toBe(`(${200 - written} lines left out)\nlast\n`);
});

test('the lines of one turn of the event loop are one write', async () => {
  const taken: string[] = [];
  const log = new LogWriter(
    new Writable({
      write(data: Buffer, _, done) {
        taken.push(String(data));
        done();
      },
    }),
    () => undefined,
  );
  log.write('one');
  log.write('two');
  expect(taken).toEqual([]);
  await turn();
  log.write('three');
  await turn();
  expect(taken).toEqual(['one\ntwo\n', 'three\n']);
});

test('a process that exits in the same turn has written its last line', () => {
  const module = join(import.meta.dirname, 'log-writer.ts');
  const program = `import { LogWriter } from '${module}';
    new LogWriter(process.stdout, () => undefined).write('the end');
    process.exit(3);`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  expect({ stdout, status }).toEqual({ stdout: 'the end\n', status: 3 });
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
  await turn();
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

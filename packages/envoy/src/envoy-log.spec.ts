import { expect, test } from 'vitest';
import { fatalLine } from './envoy-log.js';

const line = (level: string, component: string, text: string) =>
  `[2026-11-28 09:57:20.889][2348][${level}][${component}] [source/x.cc:25] ${text}\n`;

test('the reason of an end is the first critical line, without the backtrace', () => {
  const log = [
    line('warning', 'config', 'update rejected'),
    line('critical', 'assert', 'assert failure: inotify_fd_ >= 0. Details: none'),
    line('critical', 'backtrace', 'Caught Aborted, suspect faulting address 0x92c'),
  ].join('');
  expect(fatalLine(log)).toBe('assert failure: inotify_fd_ >= 0. Details: none');
  expect(fatalLine('[2026-11-28 09:57:20.889][2348][critical][main] no place\n')).toBe('no place');
});

test('a log without a critical line has no reason', () => {
  expect(fatalLine(line('warning', 'config', 'update rejected'))).toBeUndefined();
  expect(fatalLine('')).toBeUndefined();
});

test('a reason is printable and short', () => {
  expect(fatalLine(line('critical', 'main', 'a\u001B[31m\u0000b\r'))).toBe('a [31m b');
  expect(fatalLine(line('critical', 'main', 'x'.repeat(1000)))).toHaveLength(301);
});

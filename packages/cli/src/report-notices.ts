import { formatNotice, type Notice } from '@bookinfo/rules';
import { SourceProblems } from '@bookinfo/mesh';
import { Option } from 'commander';
import { printError } from './output.js';

/** Returns `--strict`, for commands that read files. */
export function strictOption(): Option {
  return new Option(
    '--strict',
    'refuse files with parts that are passed over, or that mean something else than they seem to',
  );
}

/**
 * Writes what the files mean that their authors may not expect to standard error, as kubectl writes warnings.
 * @throws {SourceProblems} when there is any, and `strict` is set.
 */
export function reportNotices(notices: readonly Notice[], strict = false): void {
  if (strict && notices.length > 0) throw new SourceProblems(notices);
  for (const notice of notices) printError(`${formatNotice(notice)}\n`);
}

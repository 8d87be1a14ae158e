import { formatNotice, parseResources, type Notice, type Source } from '@bookinfo/rules';
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

/** Reports the notices of files that have no problems; those of other files come with the problems. */
export function reportNoticesOf(sources: readonly Source[], strict = false): void {
  const { notices, problems } = parseResources(sources);
  if (problems.length === 0) reportNotices(notices, strict);
}

import { QuestionError } from '../explain/question.js';
import { parseDuration } from '@bookinfo/rules';
import { UpstreamReset } from '@bookinfo/routing';
import type { Answer } from './answer.js';
import { certain, flatMap, type Distribution } from './distribution.js';
import { respond } from './program.js';
import type { TryResult } from './retries.js';

/** What somebody takes a workload to do with a share of the requests that reach it. */
export interface Assumption {
  /** A version (`reviews-v2`), an app (`reviews`) or a host outside of the mesh. */
  of: string;
  /** Of its requests; what the parts leave over is answered as ever. They are drawn anew for every try. */
  parts: AssumedPart[];
}

/** What happens to one share. */
export interface AssumedPart {
  /** 0 to 1. */
  share: number;
  /** This status instead of the workload's own answer, or no answer at all. */
  instead?: number | 'refused' | 'reset';
  delayMs: number;
}

const RESETS = { refused: 'remote connection failure', reset: 'connection termination' } as const;
/** What is left of 1 by adding fractions. */
const ROUNDING = 1e-9;

const PERCENT = /^(\d+(?:\.\d+)?)%$/;
const STATUS = /^[2-5]\d\d$/;

/**
 * Reads `reviews-v2: 503 10%, 2s 5%`: parts with commas between, each of a status or the word `refused` or `reset`, a
 * duration and a share, in any order; without a share it happens to all requests. Throws a QuestionError.
 */
export function parseAssumption(text: string): Assumption {
  const [, of, rest] = /^\s*([a-z0-9][a-z0-9.-]*)\s*:\s*(.+)$/i.exec(text) ?? [];
  if (of === undefined || rest === undefined)
    throw new QuestionError(
      `${JSON.stringify(text)} is no assumption, like 'reviews-v2: 503 10%' or 'ratings: 2s'`,
    );
  const parts = rest.split(',').map((part) => parsePart(part.trim()));
  const sum = parts.reduce((total, { share }) => total + share, 0);
  if (sum > 1 + ROUNDING)
    throw new QuestionError(
      `the shares of ${JSON.stringify(text)} add up to ${Number((sum * 100).toFixed(6))} %, at most 100 % are possible`,
    );
  return { of, parts };
}

function parsePart(text: string): AssumedPart {
  const part: AssumedPart = { share: 1, delayMs: 0 };
  for (const word of text.split(/\s+/)) {
    const delayMs = parseDuration(word);
    const percent = PERCENT.exec(word)?.[1];
    if (word === 'refused' || word === 'reset') part.instead = word;
    else if (STATUS.test(word)) part.instead = Number(word);
    else if (percent !== undefined) part.share = Number(percent) / 100;
    else if (delayMs !== undefined) part.delayMs = delayMs;
    else
      throw new QuestionError(
        `${JSON.stringify(word)} in an assumption is neither a status (200 to 599), refused, reset, a duration (2s) nor a share (10%)`,
      );
  }
  return part;
}

/** What one try meets at a workload of this name that would otherwise give these answers. */
export function triesUnder(
  assumption: Assumption | undefined,
  answers: Distribution<Answer>,
  name: string,
): Distribution<TryResult> {
  const parts = assumption?.parts ?? [];
  const rest = 1 - parts.reduce((sum, { share }) => sum + share, 0);
  const cases = [...parts, { share: rest, delayMs: 0 }].filter(({ share }) => share > ROUNDING);
  return flatMap(
    cases.map((value: AssumedPart) => ({ value, share: value.share })),
    ({ instead, delayMs }) => {
      if (instead === 'refused' || instead === 'reset')
        return certain<TryResult>({ reset: new UpstreamReset(RESETS[instead]), delayMs });
      const own = instead === undefined ? answers : certain(respond({ name, version: '' }, instead));
      return flatMap(own, (answer) => certain({ answer: { ...answer, delayMs: answer.delayMs + delayMs } }));
    },
  );
}

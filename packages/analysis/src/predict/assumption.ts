import { InvalidRequest } from '../explain/probe-request.js';
import { parseDuration } from '@bookinfo/rules';
import { UpstreamReset } from '@bookinfo/routing';
import type { PredictedResponse } from './predicted-response.js';
import { certain, flatMap, type Distribution } from './distribution.js';
import { respond } from './program.js';
import type { AttemptResult } from './retries.js';

/** An assumed behaviour of a workload, for shares of the requests that reach it. */
export interface Assumption {
  /** A version (`reviews-v2`), an app (`reviews`) or a host outside of the mesh. */
  of: string;
  /** Drawn anew for every attempt. The rest of the requests get the usual response. */
  parts: AssumedPart[];
}

/** The behaviour for one share. */
export interface AssumedPart {
  /** 0 to 1. */
  share: number;
  /** A status instead of the workload's own response, or no response at all. */
  instead?: number | 'refused' | 'reset';
  delayMs: number;
}

const RESETS = { refused: 'remote connection failure', reset: 'connection termination' } as const;
/** Tolerance of sums of fractions that should be 1. */
const ROUNDING = 1e-9;

const PERCENT = /^(\d+(?:\.\d+)?)%$/;
const STATUS = /^[2-5]\d\d$/;

/**
 * Parses an assumption such as `reviews-v2: 503 10%, 2s 5%`: parts separated by commas, each with a status (or `refused`,
 * or `reset`), a duration and a share, in any order. A part without a share applies to all requests.
 *
 * @throws {InvalidRequest} when the text cannot be parsed, or its shares add up to more than 100 %.
 */
export function parseAssumption(text: string): Assumption {
  const [, of, rest] = /^\s*([a-z0-9][a-z0-9.-]*)\s*:\s*(.+)$/i.exec(text) ?? [];
  if (of === undefined || rest === undefined)
    throw new InvalidRequest(
      `${JSON.stringify(text)} is not an assumption, like 'reviews-v2: 503 10%' or 'ratings: 2s'`,
    );
  const parts = rest.split(',').map((part) => parsePart(part.trim()));
  const sum = parts.reduce((total, { share }) => total + share, 0);
  if (sum > 1 + ROUNDING)
    throw new InvalidRequest(
      `the shares of ${JSON.stringify(text)} add up to ${Number((sum * 100).toFixed(6))} %, more than 100 %`,
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
      throw new InvalidRequest(
        `${JSON.stringify(word)} in an assumption is neither a status (200 to 599), refused, reset, a duration (2s) nor a share (10%)`,
      );
  }
  return part;
}

/** Returns the results of an attempt at a workload of this name, whose usual responses are `responses`. */
export function applyAssumption(
  assumption: Assumption | undefined,
  responses: Distribution<PredictedResponse>,
  name: string,
): Distribution<AttemptResult> {
  const parts = assumption?.parts ?? [];
  const rest = 1 - parts.reduce((sum, { share }) => sum + share, 0);
  const cases = [...parts, { share: rest, delayMs: 0 }].filter(({ share }) => share > ROUNDING);
  return flatMap(
    cases.map((value: AssumedPart) => ({ value, share: value.share })),
    ({ instead, delayMs }) => {
      if (instead === 'refused' || instead === 'reset')
        return certain<AttemptResult>({ reset: new UpstreamReset(RESETS[instead]), delayMs });
      const own = instead === undefined ? responses : certain(respond({ name, version: '' }, instead));
      return flatMap(own, (response) =>
        certain({ response: { ...response, delayMs: response.delayMs + delayMs } }),
      );
    },
  );
}

import { localAnswer, type Answer } from './answer.js';
import { always, andThen, type Distribution } from './distribution.js';

/** A workload: `reviews-v2`, `v2`. */
export interface ProgramIdentity {
  name: string;
  version: string;
}

/** Sends a GET through the program's own sidecar. */
export type Ask = (url: string) => Distribution<Answer>;

/** What a program sees of a request. */
export interface ProgramRequest {
  method: string;
  /** Without the query. */
  path: string;
}

/** What a workload answers, in closed form. */
export type Program = (identity: ProgramIdentity, ask: Ask, request: ProgramRequest) => Distribution<Answer>;

/** A program's own answer, after those that it waited for. */
export function served({ name }: ProgramIdentity, status: number, waitedFor: readonly Answer[] = []): Answer {
  return {
    status,
    path: [name, ...waitedFor.flatMap(({ path }) => path)],
    delayMs: waitedFor.reduce((sum, { delayMs }) => sum + delayMs, 0),
    tries: 1,
    triesBehind: Math.max(1, ...waitedFor.flatMap(({ tries, triesBehind }) => [tries, triesBehind])),
  };
}

/** A client gave up waiting: it has no answer, and whoever would have given it does not show. */
const GAVE_UP = 0;

/** What a caller has after waiting this long at most: an answer that is due at that very moment always comes a little later. */
export function answerWithin(answers: Distribution<Answer>, timeoutMs: number): Distribution<Answer> {
  return andThen(answers, (answer) =>
    always(
      answer.delayMs >= timeoutMs
        ? { ...localAnswer(GAVE_UP, timeoutMs), tries: answer.tries, triesBehind: answer.triesBehind }
        : answer,
    ),
  );
}

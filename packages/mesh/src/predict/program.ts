import { localAnswer, type Answer } from './answer.js';
import { always, andThen, type Distribution } from './distribution.js';

/** A workload: `reviews-v2`, `v2`. */
export interface ProgramIdentity {
  name: string;
  version: string;
}

/** Sends a request through the program's own sidecar. */
export type Ask = (url: string) => Distribution<Answer>;

/** What a workload answers to a GET of this path, in closed form. */
export type Program = (identity: ProgramIdentity, ask: Ask, path: string) => Distribution<Answer>;

/** A client gave up waiting: it has no answer, and whoever would have given it does not show. */
const GAVE_UP = 0;

/** What a caller has after waiting this long at most: an answer that is due at that very moment always comes a little later. */
export function answerWithin(answers: Distribution<Answer>, timeoutMs: number): Distribution<Answer> {
  return andThen(answers, (answer) =>
    always(answer.delayMs >= timeoutMs ? localAnswer(GAVE_UP, timeoutMs) : answer),
  );
}

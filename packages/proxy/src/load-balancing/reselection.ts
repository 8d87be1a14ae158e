import { endpointKey, type Endpoint } from '@bookinfo/routing';

/** The number of times that Istio chooses again when the choice was attempted before (retry.go, HostSelectionRetryMaxAttempts). */
const MAX_RESELECTIONS = 5;

/** Returns the first choice whose key is not in `attempted`, or the last one. `choose` gets the number of earlier choices. */
export function chooseUnattempted(
  attempted: ReadonlySet<string>,
  choose: (selection: number) => Endpoint | undefined,
): Endpoint | undefined {
  let chosen: Endpoint | undefined;
  for (let selection = 0; selection <= MAX_RESELECTIONS; selection += 1) {
    chosen = choose(selection);
    if (!chosen || !attempted.has(endpointKey(chosen))) return chosen;
  }
  return chosen;
}

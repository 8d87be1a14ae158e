import { expect, test } from 'vitest';
import { envoyMissing } from '@bookinfo/envoy/testing';
import { compareRequests } from './compare-requests.ts';
import { compareResponses } from './compare-responses.ts';
import { requestCases } from './corpus/requests.ts';
import { responseCases } from './corpus/responses.ts';
import { reportOf } from './report.ts';

/** Groups in which a difference would let a request be smuggled, and those with the least redundant cases. */
const REQUESTS = ['length', 'coding, then length', 'Connection', 'Expect', 'number of headers', 'pipelining'];
const RESPONSES = ['chunks of a response', 'cut response', 'whole response'];

const onDone = (): void => undefined;

test.skipIf(envoyMissing)(
  'hostile requests and responses differ from Envoy for known reasons only',
  async () => {
    const requests = requestCases().filter(({ group }) => REQUESTS.includes(group));
    const responses = responseCases().filter(({ group }) => RESPONSES.includes(group));
    const results = [
      ...(await compareRequests(requests, onDone)),
      ...(await compareResponses(responses, onDone)),
    ];
    expect(results).toHaveLength(requests.length + responses.length);
    const { lines, unexplained } = reportOf(results);
    expect(unexplained, lines.join('\n')).toEqual([]);
  },
);

import { expect, test } from 'vitest';
import { InvalidRequest } from '../explain/probe-request.js';
import { parseAssumption } from './assumption.js';

test.each([
  ['reviews-v2: 503 10%', { of: 'reviews-v2', parts: [{ share: 0.1, instead: 503, delayMs: 0 }] }],
  ['ratings: 2s', { of: 'ratings', parts: [{ share: 1, delayMs: 2000 }] }],
  [
    ' api.example.com:10% refused,500 1.5s 2.5%',
    {
      of: 'api.example.com',
      parts: [
        { share: 0.1, instead: 'refused', delayMs: 0 },
        { share: 0.025, instead: 500, delayMs: 1500 },
      ],
    },
  ],
])('%s is parsed', (text, assumption) => {
  expect(parseAssumption(text)).toEqual(assumption);
});

test.each([
  ['reviews', `"reviews" is not an assumption, like 'reviews-v2: 503 10%' or 'ratings: 2s'`],
  [
    'reviews: 700',
    '"700" in an assumption is neither a status (200 to 599), refused, reset, a duration (2s) nor a share (10%)',
  ],
  ['reviews: 503 60%, 500 50%', 'the shares of "reviews: 503 60%, 500 50%" add up to 110 %, more than 100 %'],
])('%s is refused with a message that says why', (text, message) => {
  expect(() => parseAssumption(text)).toThrow(new InvalidRequest(message));
});

import { expect, test } from 'vitest';
import { applyFile } from './apply-file.js';

const read = (file: string) => Promise.resolve([{ file, text: '' }]);

test('a proxy that does not follow in time is no fault of the file: it is not left out', async () => {
  const slow = new Error('the proxy of reviews-v1 does not use its table');
  await expect(applyFile({ applyNew: () => Promise.reject(slow) }, 'rules.yaml', read)).rejects.toBe(slow);
});

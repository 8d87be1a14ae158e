// Attacks the embedded proxy and Envoy with the same bytes, and compares what they do. README.md has the results.
import { parseArgs } from 'node:util';
import { compareRequests } from './compare-requests.ts';
import { compareResponses } from './compare-responses.ts';
import { requestCases } from './corpus/requests.ts';
import { responseCases } from './corpus/responses.ts';
import { reportOf } from './report.ts';

const HELP = `Usage: npm run attack [-- --group TEXT]

Sends hostile requests to the embedded proxy and to Envoy, byte for byte the same, and lets a backend send both hostile
responses. Compares the statuses, what the backend received, and what the client got. About two minutes; Envoy is taken
from ENVOY_PATH or the PATH.

  --group TEXT  only groups of cases whose name contains the text, such as "chunk"
  --help        show this text

Exit code: 0 when all differences are known ones (src/known-differences.ts), otherwise 1.
`;

const { values } = parseArgs({
  options: { group: { type: 'string', default: '' }, help: { type: 'boolean' } },
});
if (values.help) process.stdout.write(HELP);
else process.exitCode = await attack(values.group);

async function attack(group: string): Promise<number> {
  const requests = requestCases().filter((each) => each.group.includes(group));
  const responses = responseCases().filter((each) => each.group.includes(group));
  const total = requests.length + responses.length;
  let done = 0;
  const onDone = (): void => {
    done += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total}${done === total ? '\n' : ''}`);
  };
  const results = [
    ...(await compareRequests(requests, onDone)),
    ...(await compareResponses(responses, onDone)),
  ];
  const { lines, unexplained } = reportOf(results);
  process.stdout.write(`${lines.join('\n')}\n`);
  return unexplained.length === 0 ? 0 : 1;
}

// Attacks the embedded proxy and Envoy with the same bytes, then a running Bookinfo with faults. README.md has the results.
import { parseArgs } from 'node:util';
import { compareRequests } from './compare-requests.ts';
import { compareResponses } from './compare-responses.ts';
import { requestCases } from './corpus/requests.ts';
import { responseCases } from './corpus/responses.ts';
import { costLines, isFailure } from './faults/cost-report.ts';
import { runScenarios, type Cost } from './faults/run-scenarios.ts';
import { scenarios } from './faults/scenarios.ts';
import { showProgress } from './progress.ts';
import { reportOf } from './report.ts';

const HELP = `Usage: npm run attack [-- --group TEXT] [--soak MINUTES]

Sends hostile requests to the embedded proxy and to Envoy, byte for byte the same, and lets a backend send both hostile
responses. Compares the statuses, what the backend received, and what the client got. Envoy is taken from ENVOY_PATH or the
PATH.

Then starts Bookinfo on free ports, with one replica and with two, and requests pages at a steady rate, a fifth of what
the machine can do, while services are killed, ended and stopped, one client pipelines 3,000 requests, and rules are
applied and deleted; lets connections rest; and keeps the load up for a while. Linux only.

In all about six minutes: two for the cases, four for the faults. A mesh whose pods are not ready after a minute ends it.

  --group TEXT    only groups of cases and faults whose name contains the text, such as "chunk" or "SIGKILL"; all faults
                  have "fault:" in their name, and hostile cases don't
  --soak MINUTES  length of the load without a fault (default: 0.5)
  --help          show this text

Exit code: 0 when all differences are known ones (src/known-differences.ts), and no request is lost where none may be:
by SIGKILL and SIGTERM of one of two replicas, the pipelining of another client, changes of rules, and rests of
connections; otherwise 1.
`;

const { values } = parseArgs({
  options: {
    group: { type: 'string', default: '' },
    soak: { type: 'string', default: '0.5' },
    help: { type: 'boolean' },
  },
});
const soak = Number(values.soak);
// Runs the listeners of 'exit', which end what was started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

if (values.help) process.stdout.write(HELP);
else if (!(soak > 0)) {
  process.stderr.write(`--soak: "${values.soak}" is not a number of minutes above 0\n`);
  process.exitCode = 1;
} else {
  const isSame = await compare(values.group);
  const isWhole = await disturb(values.group, soak);
  process.exitCode = isSame && isWhole ? 0 : 1;
}

/** Returns whether the proxies differ in known ways only. */
async function compare(group: string): Promise<boolean> {
  const requests = requestCases().filter((each) => each.group.includes(group));
  const responses = responseCases().filter((each) => each.group.includes(group));
  const total = requests.length + responses.length;
  if (total === 0) return true;
  const onDone = showProgress(total);
  const results = [
    ...(await compareRequests(requests, onDone)),
    ...(await compareResponses(responses, onDone)),
  ];
  const { lines, unexplained } = reportOf(results);
  process.stdout.write(`${lines.join('\n')}\n\n`);
  return unexplained.length === 0;
}

/** Returns whether nothing was lost that may not be. */
async function disturb(group: string, soakMinutes: number): Promise<boolean> {
  const selected = scenarios(soakMinutes).filter(({ name }) => `fault: ${name}`.includes(group));
  if (selected.length === 0) return true;
  const costs: Cost[] = [];
  const onDone = showProgress(selected.length);
  try {
    await runScenarios(selected, (cost) => {
      costs.push(cost);
      onDone();
    });
  } finally {
    // Also when a mesh does not recover.
    process.stdout.write(`${costLines(costs).join('\n')}\n`);
  }
  return !costs.some(isFailure);
}

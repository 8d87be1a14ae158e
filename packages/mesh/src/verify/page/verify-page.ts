import {
  formatFinding,
  responseLabel,
  groupBy,
  proxyResponse,
  predictWithCauses,
  probeOf,
  proxiesOf,
  ruleRequests,
  type Application,
  type Assumption,
  type PredictedResponse,
} from '@bookinfo/analysis';
import { gatewayProxies } from '@bookinfo/compiler';
import type { Model } from '@bookinfo/rules';
import {
  runTrials,
  waitForPropagation,
  type Observation,
  type PlannedClaim,
  type Report,
  type TrialSize,
} from '@bookinfo/verdict';
import { LATE_MS, timeLimitFor } from '../late.js';
import { delayedPairs, sharesOf, type PredictedOutcome } from '../predicted-outcome.js';
import { timedOutcome, type TimedResponse } from '../timed-response.js';
import { timedSample } from '../timed-sample.js';
import type { VerifyOptions } from '../verify.js';
import { PageClient } from './page-client.js';

/** Limit for applied rules to be in force: the page must show an outcome that the files give. */
const PROPAGATION_MS = 5000;
const CONCURRENCY = 8;

interface PageClaim {
  claim: PlannedClaim;
  predicted: readonly PredictedOutcome[];
  user: string | undefined;
}

/**
 * Compares the rules of these files with the application's page behind any ingress: how often it shows which versions, to a
 * client that is not signed in and to each user whom a rule names.
 */
export async function verifyPage(
  url: URL,
  model: Model,
  files: ReadonlySet<string>,
  options: VerifyOptions,
): Promise<Report> {
  const { application, assumptions = [] } = options;
  const trials = [undefined, ...usersIn(model, application, files)].map((user) => {
    const planned = pageClaim(url, user, { model, application, assumptions, files });
    const observe = (size: TrialSize) => observePage(url, planned, size, options);
    return { claim: planned.claim, observe };
  });
  return await runTrials(trials, { target: url.href, ...options });
}

/** Returns the users whom rules of the files name. */
function usersIn(model: Model, application: Application, files: ReadonlySet<string>): string[] {
  const headers = ruleRequests(proxiesOf(model), model, application, files).flatMap(
    ({ route }) => route.match.headers,
  );
  const users = headers.flatMap(({ name, value, invert }) =>
    name === application.page.userHeader && value.kind === 'exact' && !invert ? [value.value] : [],
  );
  return [...new Set(users)];
}

function pageClaim(
  url: URL,
  user: string | undefined,
  {
    model,
    application,
    assumptions,
    files,
  }: {
    model: Model;
    application: Application;
    assumptions: readonly Assumption[];
    files: ReadonlySet<string>;
  },
): PageClaim {
  const question = {
    method: 'GET',
    url: `${schemeIn(model, url)}//${url.host}${url.pathname}`,
    headers: {},
    user,
  };
  const asked = probeOf(model, question);
  const { responses, rules, findings } = predictWithCauses(asked, application, assumptions);
  const labelOf = (value: PredictedResponse, delayMs = value.delayMs) =>
    pageLabel(application.page.describePredicted(value), value.status, delayMs);
  const predicted = groupBy(responses, (value) => labelOf(value)).map(({ value, share }) => ({
    label: labelOf(value),
    share,
    delayMs: value.delayMs,
    response: labelOf(value, 0),
  }));
  const rule = rules.find(({ origin }) => files.has(origin.file));
  const [file = ''] = files;
  return {
    claim: {
      title: user === undefined ? 'The page, not signed in' : `The page, signed in as ${user}`,
      origin: rule?.origin ?? { file, line: 1, column: 1 },
      request: `GET ${url.href}${user === undefined ? '' : `, signed in as ${user}`}`,
      findings: findings.map(formatFinding),
      outcomes: sharesOf(predicted),
      delayed: delayedPairs(predicted),
    },
    predicted,
    user,
  };
}

/** Where the gateway has no server of HTTPS, TLS ends before it, and its clients have http. */
function schemeIn({ resources }: Model, { protocol }: URL): string {
  const isSecure = gatewayProxies(resources).some(
    ({ isIngress, listeners }) => isIngress && listeners.some(({ tls }) => tls),
  );
  return isSecure ? protocol : 'http:';
}

async function observePage(
  url: URL,
  { predicted, user }: PageClaim,
  size: TrialSize,
  { application: { page }, clock, random }: VerifyOptions,
): Promise<Observation> {
  const client = new PageClient(url, page, clock);
  const reason = user === undefined ? undefined : await client.signIn(user);
  if (reason !== undefined) return { kind: 'unreachable', reason };
  const send = async (): Promise<TimedResponse> => {
    const response = await client.open(timeLimitFor(predicted));
    if ('error' in response) return { ...response, labelWith: () => `no response: ${response.error}` };
    const { html, status } = response;
    const description = html === undefined ? undefined : page.describe(html);
    return { ...response, labelWith: (delayMs) => pageLabel(description, status, delayMs) };
  };
  const unpredicted = await waitForPropagation(
    async () => {
      const { label, isPredicted } = timedOutcome(await send(), predicted, LATE_MS);
      return isPredicted ? undefined : label;
    },
    PROPAGATION_MS,
    clock,
  );
  const labels = predicted.map(({ label }) => label).join('; ');
  if (unpredicted !== undefined)
    return {
      kind: 'not in force',
      reason: `for ${PROPAGATION_MS / 1000} s no page was one that the files alone give (${labels}); the last: ${unpredicted}`,
    };
  const trial = { send, sendRound: () => client.sendControlRound(), predicted, lateMs: LATE_MS };
  return await timedSample(trial, { ...size, clock, random, concurrency: CONCURRENCY });
}

/** Returns one line that tells responses apart: `page with reviews v2, after 6 s`, or `503 and no page`. */
function pageLabel(description: string | undefined, status: number, delayMs: number): string {
  if (description === undefined)
    return responseLabel(proxyResponse(status, delayMs)).replace('from the proxy', 'and no page');
  return delayMs > 0 ? `${description}, after ${delayMs / 1000} s` : description;
}

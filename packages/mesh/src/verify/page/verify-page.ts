import type { Model } from '@bookinfo/rules';
import {
  answerLabel,
  groupBy,
  localAnswer,
  predict,
  ruleRequests,
  type Application,
} from '@bookinfo/analysis';
import {
  type Claim,
  type Observation,
  judge,
  DEFAULT_PLAN,
  planRequests,
  type Report,
} from '@bookinfo/verdict';
import { delayOf } from '../delay-of.js';
import type { VerifyOptions } from '../verify.js';
import { PageClient } from './page-client.js';

/** Until the page shows what the files promise at all: the time that new rules may take to be in force. */
const PROPAGATION_MS = 5000;
const AT_ONCE = 8;

interface PageClaim {
  claim: Omit<Claim, 'requests'>;
  user: string | undefined;
  delays: number[];
}

/**
 * Compares the rules of these files with the application's page behind any ingress: what it shows how often, to a client
 * that is not signed in and to each user whom a rule names.
 */
export async function verifyPage(
  url: URL,
  model: Model,
  files: ReadonlySet<string>,
  { application, assumptions, clock, random, onProgress }: VerifyOptions,
): Promise<Report> {
  const started = new Date().toISOString();
  const startedAt = clock.now();
  const planned = [undefined, ...usersIn(model, application, files)].map((user): PageClaim => {
    const question = { method: 'GET', url: `http://${url.host}${url.pathname}`, headers: {}, user };
    const answers = predict(model, application, question, assumptions).map(({ value, share }) => ({
      value: {
        label: pageLabel(application.page.describePredicted(value), value.status, value.delayMs),
        delayMs: value.delayMs,
      },
      share,
    }));
    const pages = groupBy(answers, ({ label }) => label);
    const [first] = files;
    return {
      claim: {
        title: user === undefined ? 'The page, not signed in' : `The page, signed in as ${user}`,
        origin: { file: first ?? '', line: 1, column: 1 },
        request: `GET ${url.href}${user === undefined ? '' : `, signed in as ${user}`}`,
        outcomes: new Map(pages.map(({ value, share }) => [value.label, share])),
      },
      user,
      delays: pages.map(({ value }) => value.delayMs),
    };
  });
  const sizes = planRequests(planned.map(({ claim }) => claim.outcomes));
  const trials = [];
  for (const [index, each] of planned.entries()) {
    const claim = { ...each.claim, requests: sizes[index] ?? 1 };
    onProgress(claim.title, claim.requests);
    trials.push({ claim, observation: await observe(url, application, each, claim.requests, clock) });
  }
  const { alpha, power } = DEFAULT_PLAN;
  const verdicts = judge(trials, { alpha, power }, random);
  return {
    target: url.href,
    started,
    durationMs: Math.round(clock.now() - startedAt),
    alpha,
    power,
    verdicts,
  };
}

/** Returns the users whom rules of the files name. */
function usersIn(model: Model, application: Application, files: ReadonlySet<string>): string[] {
  const headers = ruleRequests(model, application, files).flatMap(({ route }) => route.match.headers);
  const users = headers.flatMap(({ name, value, invert }) =>
    name === application.page.userHeader && value.kind === 'exact' && !invert ? [value.value] : [],
  );
  return [...new Set(users)];
}

async function observe(
  url: URL,
  { page }: Application,
  { claim, user, delays }: PageClaim,
  requests: number,
  clock: VerifyOptions['clock'],
): Promise<Observation> {
  const client = new PageClient(url, page);
  const reason = user === undefined ? undefined : await client.signIn(user);
  if (reason !== undefined) return { kind: 'unreachable', reason };
  const see = async (): Promise<string> => {
    const response = await client.open();
    if ('error' in response) return `no answer: ${response.error}`;
    const { html, status, elapsedMs } = response;
    return pageLabel(
      html === undefined ? undefined : page.describe(html),
      status,
      delayOf(elapsedMs, delays),
    );
  };
  const deadline = clock.now() + PROPAGATION_MS;
  let label = await see();
  while (!claim.outcomes.has(label) && clock.now() < deadline) label = await see();
  if (!claim.outcomes.has(label))
    return {
      kind: 'not in force',
      reason: `for ${PROPAGATION_MS / 1000} s the page was none that the files give, at last: ${label}`,
    };
  return await sample(see, requests, claim.outcomes);
}

/** Returns one line that tells responses apart: `page with reviews v2, after 6 s`, or `503 and no page`. */
function pageLabel(description: string | undefined, status: number, delayMs: number): string {
  if (description === undefined)
    return answerLabel(localAnswer(status, delayMs)).replace('from the proxy', 'and no page');
  return delayMs > 0 ? `${description}, after ${delayMs / 1000} s` : description;
}

async function sample(
  see: () => Promise<string>,
  requests: number,
  predicted: ReadonlyMap<string, number>,
): Promise<Observation> {
  const counts = new Map<string, number>();
  let firstUnpredicted: string | undefined;
  let left = requests;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const label = await see();
      counts.set(label, (counts.get(label) ?? 0) + 1);
      if (!predicted.has(label)) firstUnpredicted ??= label;
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, requests) }, work));
  return { kind: 'sampled', counts, ...(firstUnpredicted !== undefined && { firstUnpredicted }) };
}

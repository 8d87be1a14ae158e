import { expect, test } from 'vitest';
import { applied, appliedText } from '../../support/applied.ts';
import { target } from '../../support/target/index.ts';
import { rule } from '../../support/rules.ts';
import { signIn, viewPage } from '../../support/page.ts';

// docs/bookinfo-contract.md, "Page markers": texts that Istio's documentation and tests look for with curl and grep.
const V1 = 'networking/virtual-service-all-v1';
const V3 = 'networking/virtual-service-reviews-v3';

test('the title is on one line', async () => {
  expect((await viewPage()).html.split('\n').filter((line) => line.includes('<title>'))).toEqual([
    expect.stringMatching(/<title>Simple Bookstore App<\/title>/),
  ]);
});

test('only a page with stars contains "glyphicon glyphicon-star"', async () => {
  {
    await using _rules = await applied(V3);
    expect((await viewPage()).html).toContain('glyphicon glyphicon-star');
  }
  await using _rules = await applied(V1);
  expect((await viewPage()).html).not.toContain('glyphicon');
});

test('no stylesheet mentions the star class', async () => {
  const { html } = await viewPage();
  const links = [...html.matchAll(/href="(\/static\/[^"]+\.css[^"]*)"/g)].map(([, path]) => path);
  expect(links.length).toBeGreaterThan(0);
  for (const path of links) {
    const css = await fetch(`${target.ingressUrl}${path}`);
    const text = await css.text();
    expect([css.status, text.includes('glyphicon glyphicon-star')]).toEqual([200, false]);
    expect(text.length).toBeLessThan(20_000);
  }
});

test('the name of the reviews pod is alone on a line, once per review, without any other version', async () => {
  await using _rules = await applied(V3);
  const lines = (await viewPage()).html.split('\n');
  const pods = lines.filter((line) => /reviews-v3-[a-z0-9]+-[a-z0-9]+/.test(line));
  expect(pods.map((line) => line.trim())).toEqual([pods[0]?.trim(), pods[0]?.trim()]);
  expect(lines.filter((line) => /reviews-v[12]/.test(line))).toEqual([]);
});

test('a page without faults has its headings and the book, and no error text', async () => {
  await using _rules = await applied(V3);
  const { html } = await viewPage();
  for (const text of [
    'Book Details',
    'Book Reviews',
    'William Shakespeare',
    'PublisherA',
    'Reviews served by:',
  ]) {
    expect(html).toContain(text);
  }
  for (const text of ['Error fetching', 'currently unavailable', ' on cluster '])
    expect(html).not.toContain(text);
});

test('the page of v1 does not mention ratings', async () => {
  await using _rules = await appliedText(
    rule('reviews', { version: 'v1' }) + rule('ratings', { version: 'v1', abort: 500 }),
  );
  expect((await viewPage()).html).not.toContain('Ratings service is currently unavailable');
});

test('v2 and v3 colour their stars', async () => {
  {
    await using _rules = await applied(V3);
    expect((await viewPage()).html).toContain('text-red-500');
  }
  await using _rules = await applied('networking/virtual-service-reviews-test-v2');
  expect((await viewPage(await signIn('jason'))).html).toContain('text-black-500');
});

test('a signed-out page has a form to sign in, a signed-in page the name and a link to sign out', async () => {
  const { html } = await viewPage();
  expect(html).toMatch(/<form[^>]* action=['"]login['"]/);
  expect(html).toContain('name="username"');
  expect(html).toContain('name="passwd"');
  expect(html).not.toContain('Sign out');
  const signedIn = (await viewPage(await signIn('jason'))).html;
  expect(signedIn).toContain('jason');
  expect(signedIn).toMatch(/href="\/?logout"/);
  expect(signedIn).toContain('Sign out');
});

test('markup in a user name is shown as text', async () => {
  const { html } = await viewPage(await signIn('<script>alert(1)</script>'));
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toContain('<script>');
});

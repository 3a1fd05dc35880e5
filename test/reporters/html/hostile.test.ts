import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import html from '../../../reporters/html/index.ts';
import { printableLine } from '../../../src/model/printable.ts';
import type { CheckReport, Report } from '../../../src/model/report.ts';
import { openChromium } from '../../chromium.ts';
import { sampleReport } from '../../sample-report.ts';
import { openAll, openPage, seeAll, widerThanWindow } from './open-page.ts';
import { sampleBenchmark } from './sample-benchmark.ts';

/** What a controller or a back-end may answer with, to run a script on the page, leave an element, turn text around, or drown it. */
const attacks = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '<img src=x onerror=alert(3)>',
  '"><svg onload=alert(4)>',
  "'-alert(5)-'",
  'javascript:alert(6)',
  '</style><!-- ]]> </title></pre></bdi></textarea>',
  '\u202eright to left\u202c \u2066isolated \u200f\u061c',
  '\u0000\u0001\u0007\u001b[2J\u001b]0;title\u0007\u007f\u0085\u009b31m',
  '\ud800 lone \udfff',
  '\u2028\u2029\ufeff\u200b',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what runs where a template is made of it
  '${alert(7)} {{constructor.constructor("alert(8)")()}}',
  '__proto__',
];
const hostile = attacks.join(' ');

/** Puts hostile text wherever a report holds text that is not chosen from a list. */
function poisoned<T>(value: T, key = ''): T {
  const fixed = [
    'schema',
    'version',
    'kind',
    'level',
    'ended',
    'startedAt',
    'cause',
    'histogram',
    'side',
    'better',
    'since',
    'verdict',
    'sendLag',
    'engine',
  ];
  if (typeof value === 'string') return (fixed.includes(key) ? value : `${value} ${hostile}`) as T;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const free = ['evidence', 'versions', 'findings'].includes(key);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [free ? `${name} ${hostile}` : name, poisoned(member, name)]),
  ) as T;
}

/** A header of 1 MiB, and a body of as much. */
function huge(check: CheckReport): CheckReport {
  if (check.verdict.kind !== 'failed' || check.verdict.failure.probe?.outcome.kind !== 'answered') return check;
  const { failure } = check.verdict;
  const { probe } = failure;
  if (probe?.outcome.kind !== 'answered') return check;
  const outcome = {
    ...probe.outcome,
    headers: [['X-Huge', '<b>'.repeat(350_000)] as [string, string]],
    body: '\u202e<i>'.repeat(260_000),
  };
  return {
    ...check,
    verdict: { kind: 'failed', failure: { ...failure, actual: hostile.repeat(3000), probe: { ...probe, outcome } } },
  };
}

describe('the page of a report full of hostile text, in Chromium', () => {
  let browser: Browser;
  let report: Report;
  let text: string;
  before(async function () {
    browser = await openChromium(this);
    const benchmark = sampleBenchmark({ times: 100, runsPerSide: 5, seconds: 3 });
    report = poisoned({ ...sampleReport, benchmark });
    report = { ...report, checks: report.checks.map(huge) };
    text = await html.render(report);
  });
  after(() => browser?.close());

  it('runs nothing, asks for nothing, and loses nothing of its own', async () => {
    await using opened = await openPage(browser, text);
    const { page } = opened;
    await page.getByRole('button', { name: 'Show all' }).click();
    for (const summary of await page.locator('.checks > li > details > summary').all()) {
      await summary.click();
      await page.locator('.detail').first().waitFor();
    }
    await openAll(page);
    await seeAll(page);
    expect(opened.problems).to.deep.equal([]);
    expect(await page.locator('script').count()).to.equal(2);
    expect(await page.locator('img, iframe, object, embed, base, form').count()).to.equal(0);
    expect(await page.locator('#method').isVisible()).to.equal(true);
  });

  it('shows control bytes and marks of direction as what they are', async () => {
    const check = report.checks.find(({ verdict }) => verdict.kind === 'failed');
    await using opened = await openPage(browser, text, {
      fragment: `check=${encodeURIComponent(printableLine(check?.id ?? ''))}`,
    });
    const shown = (await opened.page.locator('#page').evaluate((page) => page.textContent)) ?? '';
    expect(shown).not.to.match(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\ufeff\u2028-\u202e\u2066-\u2069]/,
    );
    expect(await opened.page.locator('h1').innerText()).to.contain('\\u202e');
    expect(await opened.page.locator('.detail').innerText()).to.contain('<script>alert(1)</script>');
  });

  it('leads nowhere but to web addresses', async () => {
    await using opened = await openPage(browser, text);
    const targets = await opened.page
      .locator('a')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    for (const target of targets) expect(target).to.match(/^(#|https?:\/\/)/);
  });

  it('is as quick and as narrow with headers of 1 MiB', async () => {
    const check = report.checks.find(({ verdict }) => verdict.kind === 'failed');
    await using opened = await openPage(browser, text, {
      width: 360,
      fragment: `check=${encodeURIComponent(printableLine(check?.id ?? ''))}`,
    });
    const { page } = opened;
    await page.locator('.exchange').scrollIntoViewIfNeeded();
    expect(await widerThanWindow(page)).to.be.at.most(0);
    expect(await page.locator('.exchange').evaluate((one) => one.textContent?.length ?? 0)).to.be.below(40_000);
    await page
      .getByRole('button', { name: /^Show [\d,]+ more characters/ })
      .last()
      .click();
    expect(await page.locator('.exchange').evaluate((one) => one.textContent?.length ?? 0)).to.be.above(1_000_000);
    expect(opened.problems).to.deep.equal([]);
  });
});

describe('the page of a report as a file', () => {
  it('allows itself no script, style or request but its own, and has no inline handler or style', async () => {
    const text = await html.render(poisoned(sampleReport));
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(text) ?? [];
    expect(policy).to.match(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /);
    const markup = text.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<style>[\s\S]*?<\/style>/g, '');
    expect(markup).not.to.match(/<[^>]*\s(on\w+|style)\s*=/i);
    expect(markup).not.to.match(/<(img|link|iframe|object|embed|form|base)\b/i);
    expect(text.match(/<script/g)).to.have.length(2);
    expect(text.match(/<style/g)).to.have.length(1);
    expect(text).not.to.match(/[\u0000\u001b\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
  });
});

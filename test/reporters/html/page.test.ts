import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import html from '../../../reporters/html/index.ts';
import type { Report } from '../../../src/model/report.ts';
import { isKnownFailure, tally } from '../../../src/model/summary.ts';
import { openChromium } from '../../chromium.ts';
import { fullReport } from './full-report.ts';
import {
  groundOf,
  type OpenPage,
  openAll,
  openPage,
  seeAll,
  settled,
  undrawnCharts,
  widerThanWindow,
} from './open-page.ts';
import { sampleBenchmark } from './sample-benchmark.ts';

const numbersIn = (page: Page, selector: string): Promise<readonly number[]> =>
  page.locator(`${selector} data`).evaluateAll((all) => all.map((one) => Number(one.getAttribute('value'))));

describe('the page of a report, in Chromium', () => {
  let browser: Browser;
  let report: Report;
  let text: string;
  before(async function () {
    browser = await openChromium(this);
    report = await fullReport({ benchmark: sampleBenchmark({ times: 500 }) });
    text = await html.render(report);
  });
  after(() => browser?.close());

  const open = (options?: Parameters<typeof openPage>[2]): Promise<OpenPage> => openPage(browser, text, options);

  it('says the result in its first heading, with the counts of the report', async () => {
    await using opened = await open();
    const { passed, failed } = tally(report.checks);
    const heading = await opened.page.locator('h1').innerText();
    expect(heading).to.equal(
      `Traefik 3.7.15 passes ${passed} of ${passed + failed} checks; its ${failed} failures are all known.`,
    );
    expect(await opened.page.locator('.lede').innerText()).to.match(
      /^ingress-nginx 1\.15\.1, measured beside it, serves \d\.\d\d times as many requests a second \(\d\.\d\d to \d\.\d\d, 64 connections\); has a p99 latency \d\.\d\d times as long \(/,
    );
  });

  it('says of latency alone a whole sentence, where no throughput can be compared', async () => {
    const benchmark = sampleBenchmark({ times: 500 });
    const comparisons = benchmark.comparisons
      .filter(({ figure }) => figure !== 'throughput')
      .map((one) => ({ ...one, verdict: 'cannot-tell' as const }));
    await using opened = await openPage(
      browser,
      await html.render({ ...report, benchmark: { ...benchmark, comparisons } }),
    );
    expect(await opened.page.locator('.lede').innerText()).to.match(
      /^ingress-nginx 1\.15\.1, measured beside it, is not shown to have another p99 latency \(/,
    );
  });

  it('opens every view without an error on the console and without a request', async () => {
    await using opened = await open();
    const { page } = opened;
    await openAll(page);
    await seeAll(page);
    const charts = await page.locator('.plot').count();
    expect(charts).to.be.above(10);
    expect(await undrawnCharts(page)).to.equal(0);
    for (const check of report.checks.filter(({ verdict }) => verdict.kind === 'failed').slice(0, 3)) {
      await page.locator(`[id="check=${check.id}"] summary`).first().click();
      expect(await page.locator(`[id="check=${check.id}"] .detail`).innerText()).to.contain('Expected');
      await page.getByRole('button', { name: 'Hexadecimal' }).first().click();
    }
    expect(opened.problems).to.deep.equal([]);
  });

  it('has in its matrix as many verdicts of each kind as the report', async () => {
    await using opened = await open();
    const counts = await opened.page.locator('.matrix .counts').allInnerTexts();
    const total: Record<string, number> = {};
    for (const part of counts.flatMap((line) => line.split(/, (?=\d)/))) {
      const [, count = '0', kind = ''] = /^(\d+) (.*)$/.exec(part) ?? [];
      total[kind] = (total[kind] ?? 0) + Number(count);
    }
    const { passed, failed, observed } = tally(report.checks);
    const known = report.checks.filter(isKnownFailure).length;
    expect(total).to.deep.equal({
      passed,
      observed,
      'failed, as known': known,
      ...(failed > known && { failed: failed - known }),
    });
    expect(await opened.page.locator('.matrix .sign').count()).to.equal(report.checks.length);
  });

  it('has every figure of the benchmark, as it stands in the report', async () => {
    await using opened = await open();
    await openAll(opened.page, '#speed');
    const shown = new Set(await numbersIn(opened.page, '#speed'));
    const { scenarios, comparisons } = report.benchmark ?? { scenarios: [], comparisons: [] };
    const medians = scenarios.flatMap(({ points }) =>
      points.flatMap(({ figures }) => figures.map(({ median }) => median)),
    );
    expect(medians).to.have.length.above(50);
    for (const median of medians) {
      for (const value of [median?.estimate, median?.lower, median?.upper]) expect(shown).to.include(value);
    }
    for (const { effect, adjustedP } of comparisons) {
      for (const value of [effect.estimate, effect.lower, effect.upper, adjustedP]) expect(shown).to.include(value);
    }
    const runs = await opened.page.locator('#speed td').allTextContents();
    const all = scenarios.flatMap(({ points }) => points.flatMap(({ figures }) => figures));
    const throughput = all.find(({ name, side }) => name === 'throughput' && side === 'b');
    expect(runs).to.include(throughput?.runs.join(' '));
  });

  it('has every time of every edit, as it stands in the report', async () => {
    await using opened = await open();
    await openAll(opened.page, '#changes');
    const shown = new Set(await numbersIn(opened.page, '#changes'));
    const evidence = report.checks.find(({ id }) => id === 'tutorial/edited-rule-takes-effect')?.evidence ?? {};
    const [{ edits }] = Object.values(evidence).filter(
      (value) => typeof value === 'object' && value !== null && 'edits' in value,
    ) as [{ readonly edits: readonly { readonly firstCorrectMs: number; readonly lastStaleMs: number }[] }];
    expect(edits).to.have.length(10);
    for (const { firstCorrectMs, lastStaleMs } of edits) {
      expect(shown).to.include(firstCorrectMs);
      expect(shown).to.include(lastStaleMs);
    }
  });

  it('tells a client that moved because its pod was deleted from one that did not stay', async () => {
    await using opened = await open();
    await openAll(opened.page);
    expect(await opened.page.locator('#changes').innerText()).to.contain(
      '16 of 17 clients met one pod only; 1 had theirs deleted and went to one other.',
    );
  });

  it('strikes through what is void and says why', async () => {
    await using opened = await open();
    const voids = await opened.page.locator('.voids li').allTextContents();
    expect(voids.join('\n')).to.match(
      /Traefik at 256 connections every figure void: 10 of 10 runs: generator CPU 96 %, at most 80 %/,
    );
    const decoration = await opened.page.evaluate(
      "getComputedStyle(document.querySelector('.voids s')).textDecorationLine",
    );
    expect(decoration).to.equal('line-through');
  });

  it('shows every run of a void figure over time, as void', async () => {
    await using opened = await open();
    await openAll(opened.page, '#speed');
    await seeAll(opened.page);
    const chartAt = (point: string) => opened.page.locator('#speed .chart', { hasText: `Over time, ${point}` });
    const spoilt = chartAt('256 connections');
    expect((await spoilt.allInnerTexts()).join('\n')).to.contain('Dashed: void, so all runs (Traefik, ingress-nginx).');
    expect(await spoilt.locator('[aria-label*="of each of 30 runs"]').count()).to.equal(1);
    expect(await spoilt.locator('[stroke-dasharray]').count()).to.equal(2); // runs, and their medians
    expect((await chartAt('64 connections').allInnerTexts()).join('\n'))
      .to.contain('Thin: each run')
      .and.not.to.contain('void');
  });

  it('says what held for every figure', async () => {
    await using opened = await open();
    expect(await opened.page.locator('.facts').allTextContents()).to.satisfy((facts: readonly string[]) =>
      facts.some((text) => text.includes('From open-loop is taken throughput and latency.')),
    );
  });

  it('hands over the report as it is, but for what it says is left out', async () => {
    const plain = await fullReport();
    await using opened = await openPage(browser, await html.render(plain));
    const downloading = opened.page.waitForEvent('download');
    await opened.page.getByRole('button', { name: 'Download report.json' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).to.equal('report.json');
    expect(await readFile(await download.path(), 'utf8')).to.equal(`${JSON.stringify(plain, null, 2)}\n`);
  });

  describe('its filters', () => {
    it('show what needs attention at first, and everything on request', async () => {
      await using opened = await open();
      const failed = report.checks.filter(({ verdict }) => verdict.kind === 'failed').length;
      expect(await opened.page.locator('.checks > li').count()).to.equal(failed);
      await opened.page.getByRole('button', { name: 'Show all' }).click();
      expect(await opened.page.locator('.checks > li').count()).to.equal(report.checks.length);
    });

    it('keep their state in the address, from where another reader gets the same', async () => {
      await using opened = await open();
      const { page } = opened;
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.getByLabel('Suite', { exact: true }).selectOption('host');
      await page.getByLabel('Search checks').fill('wildcard');
      const shown = await page.locator('.checks > li').allInnerTexts();
      expect(shown).to.have.length(
        report.checks.filter(({ id, title }) => id.startsWith('host/') && /wildcard/i.test(`${id} ${title}`)).length,
      );
      const fragment = new URL(page.url()).hash.slice(1);
      expect(fragment).to.contain('suite=host').and.to.contain('q=wildcard');
      await using again = await open({ fragment });
      expect(await again.page.locator('.checks > li').allInnerTexts()).to.deep.equal(shown);
    });

    it('follow a cell of the matrix', async () => {
      await using opened = await open();
      await opened.page.locator('.matrix tbody tr', { hasText: 'path' }).locator('td a').first().click();
      const wanted = report.checks.filter(({ id, level }) => id.startsWith('path/') && level === 'spec').length;
      await opened.page.locator('.told[role=status]', { hasText: `${wanted} of ` }).waitFor();
      expect(await opened.page.locator('.checks > li').count()).to.equal(wanted);
    });
  });

  it('leads to one check by its address, whatever is filtered, and opens it by the keyboard alone', async () => {
    const id = 'path/exact-takes-one-path';
    await using opened = await open({ fragment: `verdict=failed&check=${id}` });
    const row = opened.page.locator(`[id="check=${id}"]`);
    await settled(opened.page);
    expect(await row.locator('.detail').innerText()).to.contain('Required');
    await row.locator('summary').first().focus();
    await opened.page.keyboard.press('Enter');
    await row.locator('.detail').waitFor({ state: 'detached' });
    expect(opened.page.url()).not.to.contain(id);
  });

  it('turns from the system’s theme to light to dark', async () => {
    await using opened = await open({ scheme: 'dark' });
    expect(await groundOf(opened.page)).to.equal('rgb(20, 22, 26)');
    await opened.page.getByRole('button', { name: /^Theme/ }).click();
    expect(await groundOf(opened.page)).to.equal('rgb(255, 255, 255)');
    await opened.page.getByRole('button', { name: /^Theme/ }).click();
    expect(await groundOf(opened.page)).to.equal('rgb(20, 22, 26)');
  });

  for (const width of [360, 900, 1440]) {
    it(`fits into ${width} px without being moved sideways`, async () => {
      await using opened = await open({ width });
      await seeAll(opened.page);
      expect(await widerThanWindow(opened.page)).to.be.at.most(0);
    });
  }

  it('has its headline and table of verdicts where no script runs', async () => {
    await using opened = await open({ javaScript: false });
    expect(await opened.page.locator('h1').innerText()).to.contain('passes');
    expect(await opened.page.locator('.matrix .sign').count()).to.equal(report.checks.length);
  });

  it('prints in light, every chart drawn, without what only a screen can use', async () => {
    await using opened = await open({ scheme: 'dark' });
    await opened.page.emulateMedia({ media: 'print' });
    const pdf = await opened.page.pdf();
    expect(pdf.length).to.be.above(50_000);
    expect(await undrawnCharts(opened.page)).to.equal(0);
    expect(await groundOf(opened.page)).to.equal('rgb(255, 255, 255)');
    expect(await opened.page.locator('.filters').isVisible()).to.equal(false);
  });
});

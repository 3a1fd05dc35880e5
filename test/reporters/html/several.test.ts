import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import html from '../../../reporters/html/index.ts';
import type { Report } from '../../../src/model/report.ts';
import type { NamedReport } from '../../../src/model/reporter.ts';
import { openChromium } from '../../chromium.ts';
import { seriousOf } from './axe.ts';
import { fullReport } from './full-report.ts';
import { openAll, openFile, seeAll, widerThanWindow } from './open-page.ts';
import { sampleBenchmark } from './sample-benchmark.ts';

/** The same run of another controller, which gets a few checks the other way about. */
function otherwise(report: Report, name: string, title: string, startedAt: string, wrong: readonly string[]): Report {
  const checks = report.checks.map((check): Report['checks'][number] => {
    const { knownDeviation: _, ...rest } = check;
    if (!wrong.includes(check.id))
      return { ...rest, ...(check.verdict.kind === 'failed' && { verdict: { kind: 'passed' } }) };
    return { ...rest, verdict: { kind: 'failed', failure: { expected: 'status 404', actual: 'status 200 from hit' } } };
  });
  return {
    ...report,
    controller: { ...report.controller, name, title, version: '1.0' },
    run: { ...report.run, startedAt },
    checks,
  };
}

describe('several reports as pages, in Chromium', () => {
  let browser: Browser;
  let folder: string;
  let traefik: Report;
  const written: string[] = [];
  before(async function () {
    browser = await openChromium(this);
    folder = await mkdtemp(join(tmpdir(), 'assay-several-'));
    traefik = await fullReport({ benchmark: sampleBenchmark({ times: 50, seconds: 3 }) });
    const plain = await fullReport();
    const later = { ...traefik, run: { ...traefik.run, startedAt: '2026-11-28T03:00:00.000Z' } };
    const other = otherwise(plain, 'reference', 'Reference', '2026-11-27T04:00:00.000Z', [
      'host/trailing-dot',
      'path/exact-takes-one-path',
    ]);
    const elsewhere = {
      ...otherwise(plain, 'skipper', 'Skipper', '2026-11-27T05:00:00.000Z', []),
      environment: { ...plain.environment, cpu: 'Another CPU', cores: 64 },
    };
    const reports: NamedReport[] = [
      { file: 'a.json', schemaVersion: 2, report: traefik },
      { file: 'b.json', schemaVersion: 2, report: other },
      { file: 'c.json', schemaVersion: 1, report: elsewhere },
      { file: 'd.json', schemaVersion: 2, report: later },
    ];
    for await (const { file, text } of html.merge?.(reports, ['e.json is left out: it is truncated']) ?? []) {
      await writeFile(join(folder, file), text);
      written.push(file);
    }
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  it('are a page for each, a history of what was run twice, and last the comparison', async () => {
    expect(written).to.deep.equal([
      'traefik-3.7.15-2026-11-27t03-00.html',
      'reference-1.0-2026-11-27t04-00.html',
      'skipper-1.0-2026-11-27t05-00.html',
      'traefik-3.7.15-2026-11-28t03-00.html',
      'history-traefik.html',
      'index.html',
    ]);
    expect((await readdir(folder)).length).to.equal(written.length);
  });

  it('tell who is faster in a sentence, and make no column of checks, nor a history, of a run under load', async () => {
    const load = {
      ...traefik,
      checks: [],
      benchmark: sampleBenchmark({ times: 10, seconds: 3 }),
      run: { ...traefik.run, startedAt: '2026-11-27T06:00:00.000Z' },
    };
    const plain = await fullReport();
    const reports = [plain, otherwise(plain, 'reference', 'Reference', '2026-11-27T04:00:00.000Z', []), load];
    const own = await mkdtemp(join(tmpdir(), 'assay-several-'));
    try {
      const files: string[] = [];
      const named = reports.map((report, index): NamedReport => ({ file: `${index}.json`, schemaVersion: 2, report }));
      for await (const { file, text } of html.merge?.(named, []) ?? []) {
        await writeFile(join(own, file), text);
        files.push(file);
      }
      expect(files).to.have.length(4).and.not.include('history-traefik.html');
      await using opened = await openFile(browser, join(own, 'index.html'));
      expect(await opened.page.locator('.head .lede').allInnerTexts()).to.have.length(1);
      expect(await opened.page.locator('#differs thead th').allInnerTexts()).to.have.length(3);
    } finally {
      await rm(own, { recursive: true });
    }
  });

  it('begin with what differs, and say what was left out', async () => {
    await using opened = await openFile(browser, join(folder, 'index.html'));
    const { page } = opened;
    expect(await page.locator('h1').innerText()).to.match(
      /^3 controllers side by side: they differ in \d+ of \d+ checks\.$/,
    );
    expect(await page.locator('.head').innerText()).to.contain('e.json is left out: it is truncated');
    const differing = await page.locator('#differs tbody tr').allInnerTexts();
    const failed = traefik.checks.filter(({ verdict }) => verdict.kind === 'failed').map(({ id }) => id);
    const wanted = new Set([...failed, 'host/trailing-dot', 'path/exact-takes-one-path']);
    expect(differing).to.have.length(wanted.size);
    for (const id of wanted) expect(differing.join('\n')).to.contain(id);
    await openAll(page);
    await seeAll(page);
    expect(opened.problems).to.deep.equal([]);
  });

  it('keep machines and schemas apart', async () => {
    await using opened = await openFile(browser, join(folder, 'index.html'));
    const settings = await opened.page.locator('#differs .setting').allInnerTexts();
    expect(settings).to.have.length(2);
    expect(settings[0])
      .to.match(/^A: 2 × Example CPU/)
      .and.to.contain('schema version 2');
    expect(settings[1])
      .to.match(/^B: 64 × Another CPU/)
      .and.to.contain('schema version 1');
    expect(await opened.page.locator('.head').innerText()).to.contain('figures may not');
  });

  it('lead from each verdict to its evidence in the full report', async () => {
    await using opened = await openFile(browser, join(folder, 'index.html'));
    const { page } = opened;
    const targets = await page.locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    for (const target of targets.filter((href) => !href.startsWith('#')))
      expect(written).to.include(target.replace(/#.*$/, ''));
    await page.locator('#differs tbody tr', { hasText: 'host/trailing-dot' }).locator('td a').nth(1).click();
    await page.locator('html[data-ready=yes]').waitFor({ state: 'attached' });
    expect(page.url()).to.contain('reference-1.0-2026-11-27t04-00.html#check=host/trailing-dot');
    expect(await page.locator('.detail').innerText()).to.contain('status 200 from hit');
    await page.getByRole('link', { name: 'All reports side by side' }).click();
    expect(await page.locator('.over').innerText()).to.equal('Comparison');
    expect(opened.problems).to.deep.equal([]);
  });

  it('have every figure of every report that has any', async () => {
    await using opened = await openFile(browser, join(folder, 'index.html'));
    await openAll(opened.page);
    const shown = new Set(
      await opened.page
        .locator('#figures data')
        .evaluateAll((all) => all.map((one) => Number(one.getAttribute('value')))),
    );
    const figures = (traefik.benchmark?.scenarios ?? []).flatMap(({ points }) =>
      points.flatMap((point) => point.figures),
    );
    for (const { median, side } of figures) if (side !== 'direct') expect(shown).to.include(median?.estimate);
  });

  it('tell of one controller over time', async () => {
    await using opened = await openFile(browser, join(folder, 'history-traefik.html'));
    expect(await opened.page.locator('h1').innerText()).to.equal('Traefik: the same verdicts in all 2 runs.');
    await openAll(opened.page);
    await seeAll(opened.page);
    expect(opened.problems).to.deep.equal([]);
  });

  for (const width of [360, 1200]) {
    it(`have nothing that axe calls serious, and fit into ${width} px`, async function () {
      this.timeout(60_000);
      for (const file of ['index.html', 'history-traefik.html']) {
        await using opened = await openFile(browser, join(folder, file), { width });
        await openAll(opened.page, '#all', 'details.point:first-of-type');
        await seeAll(opened.page);
        expect(await seriousOf(opened.page)).to.deep.equal([]);
        expect(await widerThanWindow(opened.page)).to.be.at.most(0);
      }
    });
  }
});

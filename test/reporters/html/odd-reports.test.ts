import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import html from '../../../reporters/html/index.ts';
import type { Report } from '../../../src/model/report.ts';
import { openChromium } from '../../chromium.ts';
import { sampleReport } from '../../sample-report.ts';
import { fullReport } from './full-report.ts';
import { openPage, seeAll } from './open-page.ts';
import { sampleBenchmark } from './sample-benchmark.ts';

describe('the page of a report that lacks something, or has too much, in Chromium', () => {
  let browser: Browser;
  before(async function () {
    browser = await openChromium(this);
  });
  after(() => browser?.close());

  const open = async (report: Report) => openPage(browser, await html.render(report));

  it('says that nothing was checked, and what the run was', async () => {
    const { benchmark: _, ...rest } = sampleReport;
    await using opened = await open({ ...rest, checks: [], versions: {} });
    expect(await opened.page.locator('h1').innerText()).to.equal('Nothing was checked of Traefik 3.7.15.');
    expect(await opened.page.locator('#method').textContent()).to.contain('ingress-assay conformance');
    expect(opened.problems).to.deep.equal([]);
  });

  it('says first that a run broke off, and why, and shows what had been finished', async () => {
    const { cluster: _, ...report } = sampleReport;
    await using opened = await open(report);
    const head = await opened.page.locator('.head').innerText();
    expect(head).to.contain('The run broke off, by no fault of the controller').and.to.contain('controller-died');
    expect(await opened.page.locator('.matrix .sign').count()).to.equal(report.checks.length);
    expect(opened.problems).to.deep.equal([]);
  });

  it('shows half a benchmark: points without runs, runs without histograms, figures without bounds', async () => {
    const whole = sampleBenchmark({ times: 50, runsPerSide: 5, seconds: 2, against: false });
    const scenarios = whole.scenarios.map((scenario) => ({
      ...scenario,
      problem: 'broken off: the machine went to sleep',
      points: scenario.points.slice(0, 2).map((point, index) => ({
        ...point,
        runs:
          index === 0
            ? []
            : point.runs.map(({ resources: _, ...run }) => ({
                ...run,
                result: { ...run.result, latency: undefined, seconds: [] },
              })),
        figures: point.figures.map(({ median: _, ...figure }) => (index === 0 ? { ...figure, runs: [] } : figure)),
      })),
    }));
    const broken = JSON.parse(JSON.stringify({ ...whole, scenarios })) as typeof whole;
    await using opened = await open({ ...sampleReport, checks: [], benchmark: broken });
    await seeAll(opened.page);
    expect(await opened.page.locator('#speed').textContent()).to.contain('broken off: the machine went to sleep');
    expect(opened.problems).to.deep.equal([]);
  });

  it('draws nothing of evidence that is not as its check keeps it', async () => {
    const evidence = {
      convergence: [null, 3, { turns: 'never', expectation: [] }],
      'pool over time': { pods: [{ pod: 7 }, null], listings: 'none', answers: { byPod: { x: 'y' } } },
      'requests by client and pod': { a: 1, b: null },
      'reconfiguration latency in ms after the API’s answer': {
        edits: [1, null, { firstCorrectMs: 'soon' }],
        guard: 4,
      },
    };
    const [check] = sampleReport.checks;
    if (check === undefined) throw new Error('the sample has checks');
    await using opened = await open({ ...sampleReport, checks: [{ ...check, evidence }] });
    await seeAll(opened.page);
    await opened.page.locator('.check summary').click();
    await opened.page.locator('.detail').waitFor();
    expect(opened.problems).to.deep.equal([]);
  });

  it('stays usable with ten thousand checks', async function () {
    this.timeout(60_000);
    const { checks, ...rest } = await fullReport();
    const many = Array.from({ length: 10_000 }, (_, index) => {
      const check = checks[index % checks.length];
      if (check === undefined) throw new Error('there are checks');
      return { ...check, id: `${check.id}-${index}`, evidence: {} };
    });
    await using opened = await open({ ...rest, checks: many });
    const { page } = opened;
    expect(await page.locator('h1').innerText()).to.match(/of \d+ checks/);
    await page.getByRole('button', { name: 'Show all', exact: true }).click();
    expect(await page.locator('.checks > li').count()).to.equal(200);
    await page.getByLabel('Search checks').fill('-9999');
    expect(await page.locator('.checks > li').count()).to.equal(1);
    await page.getByLabel('Search checks').fill('');
    await page.getByRole('button', { name: 'Show all 10000' }).click();
    expect(await page.locator('.checks > li').count()).to.equal(10_000);
    expect(opened.problems).to.deep.equal([]);
  });
});

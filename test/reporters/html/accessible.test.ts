import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import html from '../../../reporters/html/index.ts';
import { openChromium } from '../../chromium.ts';
import { seriousOf } from './axe.ts';
import { fullReport } from './full-report.ts';
import { openAll, openPage, seeAll } from './open-page.ts';
import { sampleBenchmark } from './sample-benchmark.ts';

describe('the page of a report, for whoever cannot see it or has no mouse', () => {
  let browser: Browser;
  let text: string;
  before(async function () {
    browser = await openChromium(this);
    text = await html.render(await fullReport({ benchmark: sampleBenchmark({ times: 300, runsPerSide: 5 }) }));
  });
  after(() => browser?.close());

  for (const scheme of ['light', 'dark'] as const) {
    for (const width of [360, 1200]) {
      it(`has nothing that axe calls serious: ${scheme}, ${width} px, everything open`, async function () {
        this.timeout(60_000);
        await using opened = await openPage(browser, text, {
          scheme,
          width,
          fragment: 'check=path/prefix-is-element-wise',
        });
        await openAll(opened.page, '#changes');
        await openAll(opened.page, '[id="benchmark/latency"]', 'details.point:nth-of-type(-n+2), details.data');
        await seeAll(opened.page);
        expect(await seriousOf(opened.page)).to.deep.equal([]);
      });
    }
  }

  it('says of every chart what is to be seen on it', async () => {
    await using opened = await openPage(browser, text);
    await seeAll(opened.page);
    const labels = await opened.page
      .locator('.plot svg[role=img]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    expect(labels).to.have.length.above(5);
    for (const label of labels) expect(label).to.match(/\d/);
  });

  it('is walked through by the keyboard in the order in which it is read', async () => {
    await using opened = await openPage(browser, text);
    const { page } = opened;
    const stops: string[] = [];
    for (let count = 0; count < 8; count++) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate<string>("document.activeElement?.textContent?.trim().slice(0, 30) ?? ''"));
    }
    expect(stops[0]).to.equal('Skip to the result');
    expect(stops.slice(1, 4)).to.deep.equal(['Verdicts', 'Checks', 'Speed']);
  });
});

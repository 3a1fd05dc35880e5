import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

/** A page in a browser, and what went wrong on it. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors on the console, exceptions, dialogs, and requests for anything but the page's own files. */
  readonly problems: readonly string[];
}

export interface PageOptions {
  readonly fragment?: string;
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly javaScript?: boolean;
}

/** Opens a file of a folder as a reader would, from the disk. */
export async function openFile(browser: Browser, path: string, options: PageOptions = {}): Promise<OpenPage> {
  const { fragment = '', width = 1200, scheme = 'light', javaScript = true } = options;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled: javaScript,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('file:') && !request.url().startsWith('blob:'))
      problems.push(`request: ${request.url()}`);
  });
  await page.goto(`${pathToFileURL(path).href}${fragment === '' ? '' : `#${fragment}`}`);
  if (javaScript) await page.locator('html[data-ready=yes]').waitFor({ state: 'attached' });
  return { page, problems, [Symbol.asyncDispose]: () => context.close() };
}

/** Opens a page that is given as text. */
export async function openPage(browser: Browser, html: string, options: PageOptions = {}): Promise<OpenPage> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-page-'));
  await writeFile(join(folder, 'report.html'), html);
  const open = await openFile(browser, join(folder, 'report.html'), options);
  return {
    ...open,
    async [Symbol.asyncDispose]() {
      await open[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// What runs in the browser is given as text: these files are compiled for Node, which has no document.

/** Scrolls through the whole page, so that every chart is drawn. */
export const seeAll = (page: Page): Promise<unknown> =>
  page.evaluate(`(async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += 600) {
      scrollTo({ top, behavior: 'instant' });
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
    scrollTo({ top: 0, behavior: 'instant' });
  })()`);

/** Waits until what is far below the first screen is laid out too: it has no inner text before. */
export const settled = (page: Page): Promise<void> => page.locator('html[data-settled]').waitFor({ state: 'attached' });

/** Opens all that can be opened below a part of the page, and what can be opened in that; each is filled once it is open. */
export async function openAll(page: Page, part = 'main', which = 'details.data, details.point'): Promise<void> {
  await settled(page);
  await page.evaluate(`(async () => {
    const folds = () => [...document.querySelectorAll(${JSON.stringify(which)})]
      .filter((one) => one.closest(${JSON.stringify(part)}));
    while (folds().some((one) => !one.open || one.children.length < 2)) {
      for (const one of folds()) one.open = true;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
  })()`);
}

/** By how many pixels the page is wider than its window. */
export const widerThanWindow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - innerWidth');

/** The colour behind the page's text. */
export const groundOf = (page: Page): Promise<string> =>
  page.evaluate('getComputedStyle(document.body).backgroundColor');

/** How many charts are still to be drawn. */
export const undrawnCharts = (page: Page): Promise<number> =>
  page.evaluate('document.querySelectorAll(\'.plot svg[width="1"]\').length');

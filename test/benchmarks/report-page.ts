import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { readReporters } from '../../src/run/catalogue.ts';
import { writeReports } from '../../src/run/out-folder.ts';
import { readReport } from '../../src/run/read-report.ts';
import { chromiumOnPath } from '../chromium.ts';
import { fullReport } from '../reporters/html/full-report.ts';
import { sampleBenchmark } from '../reporters/html/sample-benchmark.ts';

/**
 * How long a whole run's reports take to be written, with how much memory, how large the page is, and how soon it can be used. The report
 * has every check, and a benchmark of two controllers with 50,000 samples: what each second of each run says.
 *
 *     node dist/test/benchmarks/report-page.js [openings]
 */
const [role, folder = ''] = process.argv.slice(2);
const reportFile = (where: string) => join(where, 'report.json');

async function prepare(): Promise<void> {
  const report = await fullReport({ benchmark: sampleBenchmark({ times: 20_000, seconds: 40 }) });
  await writeFile(reportFile(folder), JSON.stringify(report));
  const runs = report.benchmark?.scenarios.flatMap(({ points }) => points.flatMap((point) => point.runs)) ?? [];
  const samples = runs.flatMap(({ result }) => result.seconds.flatMap((second) => Object.values(second))).length;
  console.log(`${report.checks.length} checks, ${runs.length} runs of load, ${samples} samples`);
}

async function write(): Promise<void> {
  const report = await readReport(reportFile(folder));
  const reporters = await readReporters();
  const startMs = performance.now();
  const { files, problems } = await writeReports(report, reporters, folder);
  const ms = performance.now() - startMs;
  for (const problem of problems) console.log(problem);
  const mib = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${files.length} formats written in ${Math.round(ms)} ms (at most 2,000), ${Math.round(mib)} MiB (at most 300)`,
  );
}

/** Until the page can be used: by the clock, and what the page's own thread worked for it, which a busy machine does not stretch. */
async function openOnce(browser: Browser, file: string): Promise<{ readonly clockMs: number; readonly cpuMs: number }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(pathToFileURL(file).href);
  await page.locator('html[data-ready=yes]').waitFor({ state: 'attached' });
  const { metrics } = await session.send('Performance.getMetrics');
  const clockMs = await page.evaluate<number>("performance.getEntriesByName('interactive')[0].startTime");
  await context.close();
  return { clockMs, cpuMs: 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) };
}

const spread = (values: readonly number[]): string => {
  const sorted = [...values].sort((a, b) => a - b).map(Math.round);
  return `${sorted[Math.floor(sorted.length / 2)]} ms in the middle of ${sorted.length}, ${sorted[0]} to ${sorted.at(-1)}`;
};

async function open(file: string, openings: number): Promise<void> {
  const executablePath = chromiumOnPath();
  if (executablePath === undefined) throw new Error('Chromium is needed');
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const times: Awaited<ReturnType<typeof openOnce>>[] = [];
  for (let count = 0; count < openings; count++) times.push(await openOnce(browser, file));
  await browser.close();
  console.log(`page of ${Math.round((await stat(file)).size / 1024)} KiB (at most 600)`);
  console.log(`interactive after ${spread(times.map(({ clockMs }) => clockMs))} (at most 300)`);
  console.log(`of which its thread worked ${spread(times.map(({ cpuMs }) => cpuMs))}`);
}

if (role === 'prepare') await prepare();
else if (role === 'write') await write();
else {
  const place = await mkdtemp(join(tmpdir(), 'assay-page-'));
  try {
    const self = fileURLToPath(import.meta.url);
    for (const part of ['prepare', 'write']) {
      const { stdout } = await promisify(execFile)(process.execPath, [self, part, place]);
      process.stdout.write(stdout);
    }
    await open(join(place, 'report.html'), Number(role ?? 9));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

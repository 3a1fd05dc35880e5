import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { printable, printableLine } from '../../src/model/printable.ts';
import type { Report } from '../../src/model/report.ts';
import { compiledModule } from '../../src/paths.ts';
import { curvesOf } from './curves.ts';
import { leanings, packed } from './embed.ts';
import type { PageData, ReportData } from './page-data.ts';

/** What the page is made of besides its data: built with the package, from `page/`. */
interface Parts {
  readonly script: string;
  readonly style: string;
  readonly prerender: (data: PageData) => string;
  readonly titleOfPage: (data: PageData) => string;
}

async function readParts(): Promise<Parts> {
  const built = (name: string) => compiledModule(`reporters/html/built/${name}`);
  const [script, style, prerendering] = await Promise.all([
    readFile(built('page.js'), 'utf8'),
    readFile(built('page.css'), 'utf8'),
    import(pathToFileURL(built('prerender.js')).href) as Promise<Pick<Parts, 'prerender' | 'titleOfPage'>>,
  ]);
  return { script, style, ...prerendering };
}

let parts: Promise<Parts> | undefined;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const html = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** The largest page that is sent around without a thought. */
const limitBytes = 600 * 1024;

/**
 * The whole page as one file. Its policy allows its own script and style, by their hashes, and nothing else: no request, no inline
 * handler. Data is base64, so that nothing in it can end the element that it stands in.
 */
export async function documentOf(data: PageData): Promise<string> {
  parts ??= readParts();
  const { script, style, prerender, titleOfPage } = await parts;
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="generator" content="ingress-assay">',
    `<title>${html(printableLine(titleOfPage(data)))}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    // Attributes too hold what a report says; the markup itself has nothing that this would change.
    `<div id="page">${printable(prerender(data))}</div>`,
    `<script type="application/octet-stream" id="data">${packed(data)}</script>`,
    `<script type="module">${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** The page of one report: whole, or else as much as fits, which it says; what cannot be made to fit is as large as it is. */
export async function pageOf(report: Report, links: ReportData['links'] = []): Promise<string> {
  const curves = curvesOf(report);
  let page = '';
  for (const { lean, says } of leanings) {
    page = await documentOf({
      kind: 'report',
      report: lean(report),
      curves,
      links,
      ...(says !== undefined && { leftOut: says }),
    });
    if (page.length <= limitBytes) break;
  }
  return page;
}

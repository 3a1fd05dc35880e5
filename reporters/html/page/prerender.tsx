import { renderToString } from 'preact-render-to-string';
import type { PageData } from '../page-data.ts';
import { headlinesOf, ReportPage } from './report/report-page.tsx';
import { SeveralPage, titleOfSeveral } from './several/several-page.tsx';

const ignore = () => {};

/** What is shown before any script has run, or where none does: the headline and the table of verdicts, as HTML. */
export function prerender(data: PageData): string {
  return data.kind === 'report'
    ? renderToString(<ReportPage data={data} fragment={{}} change={ignore} />)
    : renderToString(<SeveralPage data={data} fragment={{}} />);
}

/** The title of the page's window. */
export const titleOfPage = (data: PageData): string =>
  data.kind === 'report' ? (headlinesOf(data.report)[0] ?? 'ingress-assay') : titleOfSeveral(data);

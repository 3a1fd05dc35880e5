import { useEffect } from 'preact/hooks';
import type { PageData } from '../page-data.ts';
import { useFragment } from './fragment.ts';
import { ReportPage } from './report/report-page.tsx';
import { SeveralPage } from './several/several-page.tsx';

/** The page of whatever it was given, with its state in the address. */
export function App({ data }: { readonly data: PageData }) {
  const { fragment, change, arrivals } = useFragment();
  // Whoever opens a row stays where they are; only who arrives is led there.
  useEffect(() => {
    const { at, check } = fragment;
    const place = (check && document.getElementById(`check=${check}`)) || (at && document.getElementById(at));
    if (place) place.scrollIntoView({ block: 'start' });
  }, [arrivals]);
  return data.kind === 'report' ? (
    <ReportPage data={data} fragment={fragment} change={change} />
  ) : (
    <SeveralPage data={data} fragment={fragment} />
  );
}

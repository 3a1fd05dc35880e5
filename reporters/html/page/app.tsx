import { useEffect } from 'preact/hooks';
import type { PageData } from '../page-data.ts';
import { useFragment } from './fragment.ts';
import { ReportPage } from './report/report-page.tsx';
import { SeveralPage } from './several/several-page.tsx';

/** The page of whatever it was given, with its state in the address. */
export function App({ data }: { readonly data: PageData }) {
  const [fragment, change] = useFragment();
  const { at, check } = fragment;
  useEffect(() => {
    const target = check ? document.getElementById(`check=${check}`) : at ? document.getElementById(at) : null;
    target?.scrollIntoView({ block: 'start' });
  }, [at, check]);
  return data.kind === 'report' ? (
    <ReportPage data={data} fragment={fragment} change={change} />
  ) : (
    <SeveralPage data={data} fragment={fragment} />
  );
}

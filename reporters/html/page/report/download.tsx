import type { ReportData } from '../../page-data.ts';

/** Hands over the report as the run wrote it, byte for byte, or without what the page has no room for. */
function download({ report }: ReportData): void {
  const blob = new Blob([`${JSON.stringify(report, null, 2)}\n`], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = 'report.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function Download({ data }: { readonly data: ReportData }) {
  return (
    <>
      <button type="button" class="download" onClick={() => download(data)}>
        Download report.json
      </button>
      {data.leftOut !== undefined && <span class="told"> {data.leftOut}</span>}
    </>
  );
}

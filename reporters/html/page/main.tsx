import { render } from 'preact';
import type { PageData } from '../page-data.ts';
import { App } from './app.tsx';
import { restoreTheme } from './theme.tsx';

/** What the page was made of: JSON, gzipped, in base64, so that nothing in it can be taken for anything else. */
async function readData(): Promise<PageData> {
  const base64 = document.getElementById('data')?.textContent?.trim() ?? '';
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(unpacked).json()) as PageData;
}

performance.mark('script');
restoreTheme();
const root = document.getElementById('page');
if (root !== null) {
  const data = await readData();
  performance.mark('data');
  root.replaceChildren();
  render(<App data={data} />, root);
  document.documentElement.dataset.ready = 'yes';
  performance.mark('interactive');
  (globalThis.requestIdleCallback ?? setTimeout)(() => {
    document.documentElement.dataset.settled = 'yes';
  });
}

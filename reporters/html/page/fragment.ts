import { useEffect, useState } from 'preact/hooks';

/** What the part of the address after `#` says: which checks are shown, and which of them is open. */
export type Fragment = Readonly<Record<string, string>>;

/** Reads `verdict=failed&check=path/x`; what is no such list is the name of a place on the page. */
export function parseFragment(hash: string): Fragment {
  const text = hash.replace(/^#/, '');
  if (text === '') return {};
  if (!text.includes('=')) return { at: text };
  return Object.fromEntries(new URLSearchParams(text));
}

/** Writes it so that it can be read by a person as well. */
export const formatFragment = (fragment: Fragment): string =>
  new URLSearchParams(Object.entries(fragment).filter(([, value]) => value !== ''))
    .toString()
    .replace(/%2F/g, '/')
    .replace(/%2C/g, ',');

/** The fragment as state: what is set stands in the address, and what is put into the address is set. */
export function useFragment(): readonly [Fragment, (change: Fragment) => void] {
  const [fragment, setFragment] = useState<Fragment>(() => parseFragment(location.hash));
  useEffect(() => {
    const read = () => setFragment(parseFragment(location.hash));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const change = (changed: Fragment) => {
    const next = { ...fragment, ...changed };
    const text = formatFragment(next);
    history.replaceState(null, '', text === '' ? location.pathname + location.search : `#${text}`);
    setFragment(parseFragment(`#${text}`));
  };
  return [fragment, change];
}

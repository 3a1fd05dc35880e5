import { useEffect, useState } from 'preact/hooks';
import { printableLine } from '../../../src/model/printable.ts';

/** What the part of the address after `#` says: which checks are shown, and which of them is open. */
export type Fragment = Readonly<Record<string, string>>;

/** What a check or a suite is called in an address, which can hold no half of a character. */
export const keyOf = (id: string): string => printableLine(id);

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

export interface FragmentState {
  readonly fragment: Fragment;
  readonly change: (change: Fragment) => void;
  /** Counts the times that the reader has followed an address: from elsewhere, or a link of the page. */
  readonly arrivals: number;
}

/** The fragment as state: what is set stands in the address, and what is put into the address is set. */
export function useFragment(): FragmentState {
  const [state, setState] = useState(() => ({ fragment: parseFragment(location.hash), arrivals: 1 }));
  useEffect(() => {
    const arrive = () =>
      setState(({ arrivals }) => ({ fragment: parseFragment(location.hash), arrivals: arrivals + 1 }));
    // A link to where the address points already changes nothing, and yet is followed.
    const again = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest('a') : null;
      if (link !== null && link.hash !== '' && link.href === location.href) arrive();
    };
    addEventListener('hashchange', arrive);
    addEventListener('click', again);
    return () => {
      removeEventListener('hashchange', arrive);
      removeEventListener('click', again);
    };
  }, []);
  const change = (changed: Fragment) => {
    const text = formatFragment({ ...state.fragment, ...changed });
    history.replaceState(null, '', text === '' ? location.pathname + location.search : `#${text}`);
    setState({ fragment: parseFragment(`#${text}`), arrivals: state.arrivals });
  };
  return { fragment: state.fragment, change, arrivals: state.arrivals };
}

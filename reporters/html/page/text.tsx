import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { printable, printableLine, shortened } from '../../../src/model/printable.ts';

/** Text from outside on one line, in a direction of its own: nothing of it acts on what stands beside it. */
export function Line({ text, most = 400 }: { readonly text: string; readonly most?: number }) {
  return <bdi>{printableLine(shortened(text, most))}</bdi>;
}

const shownAtFirst = 3000;

/** Text from outside as it is, line by line; what is very long is shown whole when asked for. */
export function Block({ text, label }: { readonly text: string; readonly label: string }) {
  const [whole, setWhole] = useState(false);
  const rest = text.length - shownAtFirst;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: the bytes are preformatted, and a region of their own */}
      <pre class="block" tabIndex={0} role="region" aria-label={label}>
        <bdi>{printable(whole ? text : text.slice(0, shownAtFirst))}</bdi>
      </pre>
      {rest > 0 && !whole && (
        <button type="button" class="quiet" onClick={() => setWhole(true)}>
          Show {rest.toLocaleString('en')} more characters
        </button>
      )}
    </>
  );
}

/** A web address as a link; anything else as the text it is. */
export function Link({ href, text = href }: { readonly href: string; readonly text?: string }) {
  if (!/^https?:\/\/[^\s"'<>\\]+$/.test(href)) return <Line text={text} />;
  return (
    <a href={href} rel="noreferrer noopener">
      <Line text={text} />
    </a>
  );
}

/** A command with a button that copies it. */
export function Command({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div class="command">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: the bytes are preformatted, and a region of their own */}
      <pre class="block" tabIndex={0} role="region" aria-label={label}>
        <bdi>{printable(text)}</bdi>
      </pre>
      <button type="button" class="quiet" onClick={copy} aria-label={`Copy: ${label}`}>
        {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}

/** What may be wider than the page, which the keyboard can move sideways. */
export function Scrolls({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section class="scrolls" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

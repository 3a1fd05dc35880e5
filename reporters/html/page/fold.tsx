import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  readonly class: 'data' | 'point';
  readonly summary: ComponentChildren;
  /** Whether it is open at first. */
  readonly open?: boolean;
  readonly children: () => ComponentChildren;
}

/** What is made only once somebody opens it: a long report costs those who do not look no time. */
export function Fold({ class: kind, summary, open = false, children }: Props) {
  const [isOpen, setOpen] = useState(open);
  return (
    <details class={kind} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && children()}
    </details>
  );
}

/**
 * A flag of Node.js for a program of ours that lives beside many others: V8 keeps what is new in two halves of so many MiB, of 16 by
 * default, and fills them before it looks for garbage.
 */
export const smallHeap = '--max-semi-space-size=2';

/** The flags of one that besides does little: code is never compiled a second time for speed, which would take more memory than it saves time. */
export const smallest: readonly string[] = [smallHeap, '--optimize-for-size', '--no-opt'];

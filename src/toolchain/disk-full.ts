import { AssayError, environmentError, messageOf } from '../model/errors.ts';

/** Whether it failed for want of space: ours, or that of a program that can only say so. */
export const isDiskFull = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ENOSPC' || /no space left on device|ENOSPC/i.test(messageOf(error));

/** The error of a full disk. No other source is tried after it: none would fit. */
export const diskFull = (folder: string, cause: unknown): AssayError =>
  environmentError('disk-full', `no space is left for ${folder}, or for Go's own caches\n${messageOf(cause)}`, {
    next: 'Free some (ingress-assay doctor --prune), or let XDG_CACHE_HOME name a folder on another disk; building all of Kubernetes takes 6 GiB.',
    cause,
    ...(cause instanceof AssayError && cause.log !== undefined && { log: cause.log }),
  });

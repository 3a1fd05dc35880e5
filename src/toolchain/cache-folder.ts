import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The harness's folder among the user's caches, by the XDG Base Directory Specification: a relative value counts for nothing. */
export function defaultCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_CACHE_HOME;
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), '.cache'), 'ingress-assay');
}

/** Folders and files of the toolchain in a cache folder. */
export const cacheLayout = (cacheFolder: string) => {
  const root = join(cacheFolder, 'toolchain');
  return {
    root,
    /** Held while something is brought. */
    lock: join(root, '.lock'),
    /** Work under way. Only the lock's holder has any, so whatever its next holder finds here is litter. */
    work: join(root, '.work'),
    logs: join(root, '.logs'),
  };
};
export type CacheLayout = ReturnType<typeof cacheLayout>;

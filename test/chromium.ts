import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where this machine has a Chromium, if it has one. */
export function chromiumOnPath(): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // The next may be there.
      }
    }
  }
  return undefined;
}

/** A Chromium of this machine; where there is none the tests are skipped, which says so where it is read. Whoever asks closes it. */
export async function openChromium(context: Context): Promise<Browser> {
  const executablePath = chromiumOnPath();
  if (executablePath === undefined) {
    console.warn(`    ! not tested here: none of ${names.join(', ')} is on PATH. Next: apt-get install chromium`);
    return context.skip();
  }
  // Chromium's own sandbox refuses root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

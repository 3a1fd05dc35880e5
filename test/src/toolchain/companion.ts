/** A harness of its own for tests: does one thing of the toolchain and says how far it is, line by line. */
import { appendFile } from 'node:fs/promises';
import { runLeashed } from '../../../src/toolchain/leash.ts';
import { takeLock } from '../../../src/toolchain/lock.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { entry, goSource, modulesFolder } from './bench.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const never = new AbortController().signal;
const [what, where = ''] = process.argv.slice(2);

switch (what) {
  case 'hold-lock': {
    const lock = await takeLock(where, 'a test', never, (holder) => say(`waiting for ${holder}`));
    say('held');
    setInterval(() => {}, 1000);
    void lock;
    break;
  }
  case 'count-in-turn': {
    for (let turn = 0; turn < 5; turn++) {
      await using _lock = await takeLock(`${where}.lock`, 'a test', never, () => {});
      await appendFile(where, `in ${process.pid}\n`);
      await appendFile(where, `out ${process.pid}\n`);
    }
    break;
  }
  case 'leash':
    await runLeashed(['sh', '-c', 'sleep 1000 & echo $$ $!; wait'], { signal: never, onLine: say });
    break;
  case 'ensure': {
    const progress = {
      step: <T>(_title: string, body: (report: (detail: string) => void) => Promise<T>) => body(say),
      note: say,
    };
    const toolchain = createToolchain({
      progress,
      signal: never,
      cacheFolder: where,
      modulesFolder,
      catalogue: [entry([goSource()])],
    });
    say(`brought ${(await toolchain.ensure(['hello'])).get('hello')?.version}`);
    break;
  }
  default:
    throw new Error(`what is ${what}?`);
}

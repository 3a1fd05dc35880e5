import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Commands of ours in front of all others, which write down what they are asked; and clusters written down in a folder of ours. */
export interface Pretence extends Disposable {
  /** From now on the command runs this script, in sh. */
  does(command: string, script?: string): void;
  /** What commands were asked, each with its name. */
  asked(): readonly string[];
}

/** Set up until it is disposed. */
export function pretend(): Pretence {
  const folder = mkdtempSync(join(tmpdir(), 'assay-kind-'));
  const { PATH, XDG_STATE_HOME, KIND_EXPERIMENTAL_PROVIDER } = process.env;
  process.env.PATH = `${folder}:${PATH}`;
  process.env.XDG_STATE_HOME = folder;
  delete process.env.KIND_EXPERIMENTAL_PROVIDER;
  const log = join(folder, 'asked');
  writeFileSync(log, '');
  return {
    does(command, script = '') {
      const file = join(folder, command);
      writeFileSync(file, `#!/bin/sh\necho "$(basename "$0") $*" >>"${log}"\n${script}\n`);
      chmodSync(file, 0o755);
    },
    asked: () => readFileSync(log, 'utf8').trim().split('\n'),
    [Symbol.dispose]() {
      for (const [name, value] of Object.entries({ PATH, XDG_STATE_HOME, KIND_EXPERIMENTAL_PROVIDER })) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      rmSync(folder, { recursive: true });
    },
  };
}

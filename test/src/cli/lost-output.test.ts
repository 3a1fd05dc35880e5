import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { compiledModule } from '../../../src/paths.ts';

const url = (module: string): string => JSON.stringify(pathToFileURL(compiledModule(module)));
const program = `
  import { catchInterruption } from ${url('src/cli/interruption.ts')};
  import { heedLostOutput } from ${url('src/cli/lost-output.ts')};
  heedLostOutput();
  const { signal } = catchInterruption((line) => console.log(line));
  const staying = setInterval(() => {}, 1000);
  signal.addEventListener('abort', () => {
    console.log('a last word');
    clearInterval(staying);
    process.exitCode = 130;
  });
  console.log('ready');`;

/** Passes the hang-up on, as a login shell does to its jobs, and writes down how the program ended. */
const shell = `
  "$1" program.mjs &
  trap 'kill -HUP $!' HUP
  wait $!
  wait $!
  echo $? > code
  mv code ended`;

describe('a closed terminal', () => {
  it('ends a run in order, with its own exit code', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
    try {
      await writeFile(join(folder, 'program.mjs'), program);
      await writeFile(join(folder, 'run.sh'), shell);
      const command = `exec sh run.sh ${process.execPath}`;
      const terminal = spawn('script', ['--quiet', '--flush', '--command', command, '/dev/null'], {
        cwd: folder,
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      let said = '';
      terminal.stdout.on('data', (text) => {
        said += text;
      });
      while (!said.includes('ready')) await once(terminal.stdout, 'data');
      terminal.kill('SIGKILL');
      const code = async (): Promise<string> => readFile(join(folder, 'ended'), 'utf8').catch(code);
      expect(await code()).to.equal('130\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

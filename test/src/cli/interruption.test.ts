import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { compiledModule } from '../../../src/paths.ts';

/** A process that catches interruption, says so, and tells what its signal is aborted with. */
async function start(body: string) {
  const program = `
    import { catchInterruption } from '${pathToFileURL(compiledModule('src/cli/interruption.ts'))}';
    const caught = catchInterruption(() => {});
    const { signal } = caught;
    signal.addEventListener('abort', () => console.log(signal.reason.code));
    const staying = setInterval(() => {}, 1000);
    ${body}
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const line = async (wanted: string) => {
    while (!said.includes(wanted)) await once(child.stdout, 'data');
  };
  await line('ready');
  return { child, line, said: () => said };
}

describe('interruption', () => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`by ${name} aborts the signal, and by a second one ends at once with 130`, async () => {
      const { child, line } = await start('');
      child.kill(name);
      await line('interrupted');
      child.kill(name);
      expect(await once(child, 'exit')).to.deep.equal([130, null]);
    });
  }

  it('by an error that nobody caught aborts the signal too', async () => {
    for (const body of ["setTimeout(() => { throw new Error('a slip'); });", "Promise.reject(new Error('a slip'));"]) {
      const { child, line } = await start(body);
      await line('internal');
      child.kill('SIGKILL');
    }
  });

  it('is left to Node once it is disposed', async () => {
    const { child } = await start('caught[Symbol.dispose]();');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).to.deep.equal([null, 'SIGTERM']);
  });
});

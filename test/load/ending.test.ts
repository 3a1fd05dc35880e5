import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect } from 'chai';
import autocannon from '../../load/autocannon/index.ts';
import h2load from '../../load/h2load/index.ts';
import k6 from '../../load/k6/index.ts';
import wrk from '../../load/wrk/index.ts';
import type { Engine, LoadOrder } from '../../src/model/load.ts';
import { compiledModule } from '../../src/paths.ts';
import { gone, isAlive } from '../src/toolchain/processes.ts';
import { orderTo, programsOf, targetAt } from './order-to.ts';
import { startEngine } from './run-engine.ts';
import { answering } from './wrong-servers.ts';

const rate = { shape: { kind: 'rate', rateRps: 50, arrivals: 'constant' } } as const;
const programsMs = 600_000;

const childrenOf = async (pid: number): Promise<readonly number[]> => {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
};

const leftovers = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('assay-load-'));

for (const engine of [h2load, k6, wrk] as readonly Engine[])
  describe(`${engine.name} when it is killed`, () => {
    let programs: Pick<LoadOrder, 'programs' | 'programEnv'>;
    before(async function () {
      this.timeout(programsMs);
      programs = await programsOf(engine);
    });

    it('leaves no program and no file', async () => {
      let asked = () => {};
      const underLoad = new Promise<void>((resolve) => {
        asked = resolve;
      });
      await using server = await answering((_, response) => {
        asked();
        response.end('hit');
      });
      const before = await leftovers();
      const shape = engine === k6 ? rate : {};
      const order = orderTo([targetAt(server.port)], { ...shape, ...programs, durationMs: 60_000 });
      const child = spawn(process.execPath, [compiledModule(engine.module)], { stdio: ['pipe', 'ignore', 'inherit'] });
      child.stdin.end(JSON.stringify(order));
      await underLoad;
      const [program = 0] = await childrenOf(child.pid ?? 0);
      expect(await isAlive(program)).to.equal(true);
      const started = [program, ...(await childrenOf(program))];
      child.kill('SIGKILL');
      await once(child, 'exit');
      await Promise.all(started.map(gone));
      expect(await leftovers()).to.deep.equal(before);
    });
  });

describe('an engine asked for more connections than it may have file descriptors', () => {
  for (const engine of [autocannon, wrk] as readonly Engine[])
    it(`says so at once (${engine.name})`, async function () {
      this.timeout(programsMs);
      const order = orderTo([targetAt(9)], { ...(await programsOf(engine)), connections: 65_536 });
      const { code, stderr, stdout } = await startEngine(engine, order, [
        'sh',
        '-c',
        'ulimit -n 1024; exec "$@"',
        'sh',
      ]);
      expect(code).to.not.equal(0);
      expect(stdout).to.equal('');
      expect(stderr).to.contain('65536 connections').and.to.contain('1024').and.to.contain('ulimit');
    });
});

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Engine, LoadOrder, LoadShape, LoadTarget } from '../../src/model/load.ts';
import { silentProgress } from '../../src/model/progress.ts';
import { compiledModule } from '../../src/paths.ts';
import { orderOf, targetOf } from '../../src/run/benchmark/order.ts';
import { readEngines } from '../../src/run/catalogue.ts';
import { decodeHistogram } from '../../src/stats/histogram.ts';
import { readPrograms } from '../../src/toolchain/catalogue.ts';
import { createToolchain } from '../../src/toolchain/toolchain.ts';
import { failed, runEngine, startEngine } from '../load/run-engine.ts';

const engines = await readEngines();
const programs = await readPrograms();
const toolchain = createToolchain({ progress: silentProgress, signal: new AbortController().signal });

const shapes: Readonly<Record<LoadShape['kind'], LoadShape>> = {
  saturation: { kind: 'saturation' },
  rate: { kind: 'rate', rateRps: 200, arrivals: 'constant' },
};

type Programs = Pick<LoadOrder, 'programs' | 'programEnv'>;
const noPrograms: Programs = { programs: {} };

const orderTo = (port: number, shape: LoadShape, paths: Programs): LoadOrder => ({
  shape,
  targets: [
    {
      name: 'route',
      address: '127.0.0.1',
      port,
      host: 'shop.example',
      path: '/',
      expect: { status: 200, bodyBytes: 3 },
    },
  ],
  connections: 4,
  connectionUse: 'keep-alive',
  protocol: 'http/1.1',
  warmUpMs: 0,
  durationMs: 1000,
  timeoutMs: 1000,
  seed: 1,
  threads: 1,
  ...paths,
});

/** A server on loopback that keeps connections as long as anybody wants them. */
async function serving(listener: RequestListener) {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Where its programs are; nothing where one is not on this machine. */
async function programsFor(engine: Engine): Promise<Programs | undefined> {
  const found = await Promise.all(engine.programs.map((name) => toolchain.find(name)));
  const there = found.filter((program) => program !== undefined);
  if (there.length < found.length) return undefined;
  return {
    programs: Object.fromEntries(there.map(({ name, path }) => [name, path])),
    programEnv: Object.fromEntries(there.map(({ name, env }) => [name, env])),
  };
}

describe('every load engine', () => {
  for (const engine of engines) {
    describe(engine.name, () => {
      it('says what it is for, and has a program', () => {
        expect(engine.summary).to.match(/[^.]$/);
        expect(engine.answers).to.not.be.empty;
        expect(engine.module).to.match(new RegExp(`^load/${engine.name}/.+\\.ts$`));
        expect(existsSync(compiledModule(engine.module))).to.equal(true);
      });

      it('asks only for programs that the toolchain has', () => {
        expect(programs.map(({ name }) => name)).to.include.members([...engine.programs]);
      });

      it('can make load of one shape at least', () => {
        const refusals = Object.values(shapes).map((shape) => engine.refuses(orderTo(80, shape, noPrograms)));
        expect(refusals).to.include(undefined);
      });

      if (engine.answers.includes('latency'))
        it('makes the load of a scenario that has a rate', () => {
          const point = {
            name: 'at a rate',
            profile: 'smoke',
            load: { kind: 'rate', rateRps: 500 },
            connections: 256,
          } as const;
          const target = targetOf(point, { address: '127.0.0.1', http: 80 }, 'a.load.example');
          const terms = { warmUpMs: 1000, durationMs: 2000, seed: 1, threads: 1, programs: {} };
          const order = orderOf(engine, point, target, 500, terms);
          expect(engine.refuses(order)).to.equal(undefined);
          expect(engine.distributed?.refuses(order, 4)).to.equal(undefined);
        });

      it('refuses orders that mean nothing, and says why', () => {
        for (const shape of Object.values(shapes)) {
          const sound = orderTo(80, shape, noPrograms);
          const senseless: readonly LoadOrder[] = [
            { ...sound, durationMs: 0 },
            { ...sound, durationMs: Number.NaN },
            { ...sound, targets: [] },
            { ...sound, connections: 0 },
            { ...sound, threads: 0 },
            { ...sound, shape: { kind: 'rate', rateRps: 0, arrivals: 'constant' } },
          ];
          for (const order of senseless) expect(engine.refuses(order), JSON.stringify(order)).to.match(/\S/);
        }
      });

      for (const [kind, shape] of Object.entries(shapes)) {
        it(`counts each request once (${kind})`, async function () {
          const paths = await programsFor(engine);
          if (paths === undefined || engine.refuses(orderTo(80, shape, paths)) !== undefined) return this.skip();
          let asked = 0;
          await using server = await serving((_, response) => {
            asked += 1;
            response.end('hit');
          });
          const result = await runEngine(engine, orderTo(server.port, shape, paths));
          expect(result.engine).to.equal(engine.name);
          expect(result.engineVersion).to.match(/\S/);
          expect(result.answered).to.be.greaterThan(0);
          expect(result.offered - result.answered - failed(result)).to.be.within(0, result.generator.dropped);
          expect(result.answered).to.be.at.most(asked);
          if (result.seconds.length > 0)
            expect(result.seconds.reduce((sum, second) => sum + second.answered, 0)).to.equal(result.answered);
          if (result.latency !== undefined)
            expect(decodeHistogram(result.latency.histogram).totalCount).to.equal(result.answered);
          expect(result.latency !== undefined).to.equal(engine.answers.includes('latency'));
        });

        it(`takes no wrong answer for a right one (${kind})`, async function () {
          const paths = await programsFor(engine);
          if (paths === undefined || engine.refuses(orderTo(80, shape, paths)) !== undefined) return this.skip();
          await using server = await serving((_, response) => {
            response.statusCode = 503;
            response.end('no.');
          });
          const result = await runEngine(engine, orderTo(server.port, shape, paths));
          expect(result.answered).to.equal(0);
          expect(result.failures['status-5xx']).to.be.greaterThan(0);
          expect(result.offered - failed(result)).to.be.within(0, result.generator.dropped);
        });

        it(`says when its measured time began, after the warm-up (${kind})`, async function () {
          const paths = await programsFor(engine);
          const order = { ...orderTo(80, shape, paths ?? noPrograms), warmUpMs: 1000 };
          if (paths === undefined || engine.refuses(order) !== undefined) return this.skip();
          const askedAtMs: number[] = [];
          await using server = await serving((_, response) => {
            askedAtMs.push(Date.now());
            response.end('hit');
          });
          const target = { ...(order.targets[0] as LoadTarget), port: server.port };
          const { measuredFromMs } = await runEngine(engine, { ...order, targets: [target] });
          const [first = Number.NaN, last] = [askedAtMs[0], askedAtMs.at(-1)];
          expect(measuredFromMs).to.be.within(first + order.warmUpMs / 2, last ?? Number.NaN);
        });

        it(`ends where nobody listens, and counts what was refused (${kind})`, async function () {
          const paths = await programsFor(engine);
          if (paths === undefined || engine.refuses(orderTo(80, shape, paths)) !== undefined) return this.skip();
          const server = await serving(() => {});
          await server[Symbol.asyncDispose]();
          const result = await runEngine(engine, orderTo(server.port, shape, paths));
          expect(result.answered).to.equal(0);
          expect(result.failures.refused).to.be.greaterThan(0);
        });
      }

      it('says why and fails where it is given no order', async () => {
        const { code, stderr } = await startEngine(engine, {} as LoadOrder);
        expect(code).to.not.equal(0);
        expect(stderr).to.match(/\S/);
      });
    });
  }
});

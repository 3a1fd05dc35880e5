import { expect } from 'chai';
import autocannon from '../../load/autocannon/index.ts';
import h2load from '../../load/h2load/index.ts';
import k6 from '../../load/k6/index.ts';
import wrk from '../../load/wrk/index.ts';
import type { Engine, LoadFailure, LoadOrder } from '../../src/model/load.ts';
import { orderTo, programsOf, targetAt } from './order-to.ts';
import { failed, runEngine } from './run-engine.ts';
import { type Wrong, wrongServers } from './wrong-servers.ts';

/** As what each wrong is counted. What a tool does not tell apart is unclassified; what it does not see at all, nobody claims. */
const causes: Readonly<Record<string, Readonly<Record<Wrong, LoadFailure | 'answered'>>>> = {
  autocannon: {
    'never answers': 'timeout',
    resets: 'reset',
    'closes before its answer': 'closed-early',
    'closes within its answer': 'closed-early',
    'answers garbage': 'malformed',
    'answers 404': 'status-4xx',
    'answers 503': 'status-5xx',
    'answers another length': 'wrong-length',
    'answers as another back-end': 'wrong-back-end',
  },
  h2load: {
    'never answers': 'timeout',
    resets: 'unclassified',
    'closes before its answer': 'unclassified',
    'closes within its answer': 'unclassified',
    'answers garbage': 'malformed',
    'answers 404': 'status-4xx',
    'answers 503': 'status-5xx',
    'answers another length': 'answered',
    'answers as another back-end': 'answered',
  },
  k6: {
    'never answers': 'timeout',
    resets: 'reset',
    'closes before its answer': 'closed-early',
    'closes within its answer': 'closed-early',
    'answers garbage': 'malformed',
    'answers 404': 'status-4xx',
    'answers 503': 'status-5xx',
    'answers another length': 'wrong-length',
    'answers as another back-end': 'wrong-back-end',
  },
  wrk: {
    'never answers': 'timeout',
    resets: 'unclassified',
    'closes before its answer': 'unclassified',
    'closes within its answer': 'unclassified',
    'answers garbage': 'unclassified',
    'answers 404': 'status-4xx',
    'answers 503': 'status-5xx',
    'answers another length': 'wrong-length',
    'answers as another back-end': 'wrong-back-end',
  },
};

const shapes: Readonly<Record<string, Partial<LoadOrder>>> = {
  k6: { shape: { kind: 'rate', rateRps: 20, arrivals: 'constant' }, connections: 20 },
  // It sees a connection that broke, or stalled, only at its end.
  h2load: { durationMs: 1500 },
  wrk: { durationMs: 1500 },
};

const programsMs = 600_000;

for (const engine of [autocannon, h2load, k6, wrk] as readonly Engine[])
  describe(`${engine.name} in front of a server`, () => {
    let programs: Pick<LoadOrder, 'programs' | 'programEnv'>;
    before(async function () {
      this.timeout(programsMs);
      programs = await programsOf(engine);
    });

    for (const [wrong, start] of Object.entries(wrongServers) as [Wrong, (typeof wrongServers)[Wrong]][]) {
      const cause = causes[engine.name]?.[wrong] ?? 'unclassified';
      it(`that ${wrong} counts it as ${cause}, and ends`, async () => {
        await using server = await start();
        const order = orderTo([targetAt(server.port)], { ...shapes[engine.name], ...programs });
        const result = await runEngine(engine, order);
        if (cause === 'answered') {
          expect(result.answered).to.be.greaterThan(0);
          expect(result.failures).to.deep.equal({});
          return;
        }
        expect(result.answered).to.equal(0);
        expect(result.failures).to.have.all.keys(cause);
        expect(failed(result)).to.be.greaterThan(0);
      });
    }
  });

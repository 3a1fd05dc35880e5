import openLoop from '../../../../load/open-loop/index.ts';
import { createAgents } from '../../../../src/kit/agents.ts';
import type { Engine } from '../../../../src/model/load.ts';
import type { Ground } from '../../../../src/run/benchmark/scenario-run.ts';
import { benchHere } from './bench.ts';

/** The source of a server that answers as the back-ends of a benchmark do. */
export const backEnd = `(request, response) => {
  response.setHeader('x-load-back-end', 'load');
  response.end('x'.repeat(64));
}`;

/** What scenarios are run with: five short runs against a server on this port, as controller and as back-ends. */
export function groundAt(port: number, engines: readonly Engine[] = [openLoop]): Ground {
  const bench = benchHere();
  return {
    sides: (['direct', 'a'] as const).map((side) => ({
      side,
      title: side,
      entry: { address: '127.0.0.1', http: port },
      pods: [],
    })),
    bench,
    agents: createAgents({ start: (_, argv) => bench.start(argv) }),
    routes: undefined as never,
    terms: { warmUpMs: 100, durationMs: 300, seed: 1, threads: 1, programs: {} },
    runs: 5,
    seed: 1,
    engineNamed: (wanted) => engines.find(({ name }) => name === wanted) ?? openLoop,
    assertSound: async () => {},
    measured: async () => {},
  };
}

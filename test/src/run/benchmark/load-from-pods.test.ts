import { expect } from 'chai';
import type { Kube } from '../../../../src/kube/kube.ts';
import type { KubernetesObject } from '../../../../src/model/kubernetes.ts';
import { type DistributedLoad, type LoadPod, loadResultSchema } from '../../../../src/model/load.ts';
import { loadFromPods } from '../../../../src/run/benchmark/load-from-pods.ts';
import { type ApiServer, apiServer } from '../../kube/api-server.ts';
import { pod } from '../../kube/objects.ts';
import { orderTo } from './bench.ts';

const namespace = 'default';
const kind = { apiVersion: 'v1', kind: 'ConfigMap' };

describe('load from pods', function () {
  this.timeout(120_000);
  let api: ApiServer;
  before(async () => {
    api = await apiServer();
  });

  /** Makes load by an operator that makes so many pods and then says how its object, a ConfigMap, stands. No kubelet is there to hand out logs. */
  async function make(stage: 'finished' | 'failed', pods: number) {
    const { kube } = api;
    const without: Kube = { ...kube, logs: async ({ name }) => `log of ${name}` };
    let merged: readonly LoadPod[] = [];
    let operated: Promise<void> | undefined;
    const distributed: DistributedLoad = {
      refuses: () => undefined,
      async objects(_order, { name }) {
        operated = operate(name);
        return [{ ...kind, metadata: { namespace, name }, data: {} }];
      },
      stage: ({ data }) => data?.stage ?? 'under way',
      podLabels: (name) => ({ run: name }),
      merge(_order, told) {
        merged = told;
        return result;
      },
    };
    const operate = async (name: string): Promise<void> => {
      await kube.waitFor(kind, { namespace, name }, ([one]) => one, 'the object of the operator');
      const made = Array.from({ length: pods }, (_, index) => pod(namespace, `${name}-${index}`, { run: name }));
      await kube.apply(made as readonly KubernetesObject[]);
      await kube.patch([{ object: { ...kind, namespace, name }, patch: { data: { stage } } }]);
    };
    try {
      return { result: await loadFromPods(distributed, orderTo(80), { kube: without, namespace, pods }), merged };
    } finally {
      await operated;
      const left = await kube.list(kind, { namespace });
      expect(left.filter(({ metadata }) => metadata.name.startsWith('load-'))).to.deep.equal([]);
    }
  }

  const result = loadResultSchema.parse({
    engine: 'test',
    engineVersion: '1',
    durationMs: 1000,
    offered: 1,
    answered: 1,
    failures: {},
    bytesReceived: 0,
    connectionsOpened: 1,
    seconds: [],
    generator: { dropped: 0 },
  });

  it('is what each of them has logged, pods that have ended too, and nothing of it stays', async () => {
    const { result: made, merged } = await make('finished', 3);
    expect(made).to.equal(result);
    expect(merged.map(({ log }) => log)).to.deep.equal(merged.map(({ name }) => `log of ${name}`));
    expect(merged).to.have.length(3);
  });

  for (const [what, stage, pods] of [
    ['that the operator could not make', 'failed', 1],
    ['without any pod', 'finished', 0],
  ] as const)
    it(`${what} is an error, and nothing of it stays`, async () => {
      const thrown = await make(stage, pods).catch((error: unknown) => error);
      expect(thrown).to.include({ code: 'engine-failed' });
    });
});

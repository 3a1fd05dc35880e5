import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { assert } from 'chai';
import { type Bench, startBench } from './bench.ts';
import { sandboxConfig, start } from './pod.ts';

describe('the CRI runtime: what is left', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench?.[Symbol.asyncDispose]());

  const seen = async () => ({
    processes: (await bench.inside('ps', '-eo', 'args'))
      .split('\n')
      .filter((line) => !/^ps |^nsenter |<defunct>/.test(line)),
    links: (await bench.inside('ip', '-o', 'link')).split('\n').length,
    routes: await bench.inside('ip', 'route'),
    mounts: (await bench.inside('cat', '/proc/self/mountinfo')).split('\n').length,
    files: (await readdir(`${bench.folder}/cri`, { recursive: true }))
      .filter((name) => !name.startsWith('skeleton'))
      .sort(),
    roots: await bench.inside('ls', `${bench.folder}/cri/roots`),
  });
  const remove = async (id: string): Promise<void> => {
    await bench.runtime('StopPodSandbox', { pod_sandbox_id: id });
    await bench.runtime('RemovePodSandbox', { pod_sandbox_id: id });
  };

  it('is nothing of 50 pods that came and went, side by side', async () => {
    await remove((await start(bench, '')).sandboxId); // so that folders made once are there
    const before = await seen();
    const pods = await Promise.all(
      Array.from({ length: 50 }, () =>
        start(bench, 'setInterval(() => {}, 1e6)', {
          mounts: [{ container_path: '/etc', host_path: `${bench.folder}/etc` }],
        }),
      ),
    );
    assert.lengthOf((await bench.runtime('ListContainers')).containers, 50);
    await Promise.all(pods.map(({ sandboxId }) => remove(sandboxId)));
    while ((await seen()).links !== before.links); // the kernel takes the links of dead namespaces away in its own time
    assert.deepEqual(await seen(), before);
    assert.deepEqual((await bench.runtime('ListPodSandbox')).items, []);
  });

  it('is nothing of a pod whose start failed half-way, its own or its container’s', async () => {
    await remove((await start(bench, '')).sandboxId);
    const before = await seen();
    const config = sandboxConfig(bench, { linux: { sysctls: { 'net.no.such': '1' } } });
    const error = await bench.runtime('RunPodSandbox', { config }).catch((thrown) => thrown);
    assert.include(error.details, '/proc/sys/net/no/such');
    const { pod_sandbox_id: id } = await bench.runtime('RunPodSandbox', { config: sandboxConfig(bench) });
    const refusal = await start(bench, '', { command: ['/no/such'] }, id).catch((thrown) => thrown);
    assert.include(refusal.details, '/no/such');
    await remove(id);
    while ((await seen()).links !== before.links);
    assert.deepEqual(await seen(), before);
  });

  it('is nothing of a pod that is removed while its container starts', async () => {
    await remove((await start(bench, '')).sandboxId);
    const before = await seen();
    const config = sandboxConfig(bench);
    const { pod_sandbox_id: id } = await bench.runtime('RunPodSandbox', { config });
    const started = start(bench, 'setInterval(() => {}, 1e6)', { log_path: 'starting.log' }, id);
    while (!existsSync(`${config.log_directory}/starting.log`)) await setImmediate();
    await remove(id);
    await started;
    while ((await seen()).links !== before.links);
    assert.deepEqual(await seen(), before);
  });

  it('is nothing of the runtime after it was told to stop, pods still running', async () => {
    const container = await start(bench, 'setInterval(() => {}, 1e6)');
    await start(bench, 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6)', {}, container.sandboxId);
    await bench.stop();
    assert.include(bench.notes, 'disposed');
    assert.isFalse(existsSync(`${bench.folder}/cri`));
  });
});

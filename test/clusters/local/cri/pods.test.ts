import { assert } from 'chai';
import { type Bench, startBench } from './bench.ts';
import { sandboxConfig, start } from './pod.ts';

const serve = (text: string, port: number): string =>
  `require('http').createServer((q, s) => s.end(${JSON.stringify(text)} + ' saw ' + q.socket.remoteAddress)).listen(${port}, '0.0.0.0', () => console.log('up'))`;
const get = (url: string): string =>
  `fetch('${url}').then((r) => r.text()).then(console.log, (e) => console.log(e.cause.code))`;

describe('the CRI runtime: pods', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench?.[Symbol.asyncDispose]());

  const address = async (id: string): Promise<string> =>
    (await bench.runtime('PodSandboxStatus', { pod_sandbox_id: id })).status.network.ip;

  it('gives each pod an address, at which the node and other pods reach it and see its own', async () => {
    const server = await start(bench, serve('one', 80));
    while ((await server.log()) !== 'up\n');
    const to = await address(server.sandboxId);
    assert.match(to, /^10\.244\.0\.\d+$/);
    const client = await start(bench, get(`http://${to}/`));
    await client.ended();
    assert.equal(await client.log(), `one saw ${await address(client.sandboxId)}\n`);
    const node = await bench.inside(process.execPath, '-e', get(`http://${to}/`));
    assert.equal(node, 'one saw 10.244.0.1\n');
  });

  it('shares network, hostname and IPC between the containers of a pod, not their processes', async () => {
    const server = await start(bench, serve('same', 8080));
    while ((await server.log()) !== 'up\n');
    const more = { metadata: { name: 'second' }, log_path: 'second.log' };
    const client = await start(
      bench,
      `console.log(require('os').hostname(), process.pid); ${get('http://127.0.0.1:8080/')}`,
      more,
      server.sandboxId,
    );
    await client.ended();
    const { status } = await bench.runtime('PodSandboxStatus', { pod_sandbox_id: server.sandboxId });
    assert.equal(await client.log(), `${status.metadata.name} 1\nsame saw 127.0.0.1\n`);
  });

  it('uses the node’s network where asked, and has no address of its own', async () => {
    const linux = { security_context: { namespace_options: { network: 'NODE', pid: 'CONTAINER' } } };
    const container = await start(bench, serve('host', 9999), { sandbox: { linux } });
    while ((await container.log()) !== 'up\n');
    assert.equal(await bench.inside(process.execPath, '-e', get('http://127.0.0.1:9999/')), 'host saw 127.0.0.1\n');
    assert.equal(await address(container.sandboxId), '');
    const { status } = await bench.runtime('PodSandboxStatus', { pod_sandbox_id: container.sandboxId });
    assert.equal(status.linux.namespaces.options.network, 'NODE');
  });

  it('sets the sysctls of the pod’s network', async () => {
    const base = sandboxConfig(bench).linux;
    const read = (name: string) => `require('fs').readFileSync('/proc/sys/${name}', 'utf8').trim()`;
    const container = await start(
      bench,
      `console.log(${read('net/ipv4/ip_local_port_range')}, ${read('net/ipv4/ip_unprivileged_port_start')})`,
      { sandbox: { linux: { ...base, sysctls: { 'net.ipv4.ip_local_port_range': '20000 20010' } } } },
    );
    await container.ended();
    assert.equal(await container.log(), '20000\t20010 0\n');
  });

  it('tells what a pod does not get, and refuses what it could not run without', async () => {
    const security_context = { run_as_user: { value: 1000 }, seccomp: { profile_type: 'RuntimeDefault' } };
    const resources = { memory_limit_in_bytes: 1000000, cpu_quota: 1000 };
    const container = await start(bench, '', { linux: { security_context, resources } });
    const { metadata } = (await bench.runtime('PodSandboxStatus', { pod_sandbox_id: container.sandboxId })).status;
    const told = bench.notes.filter((note) => note.includes(metadata.name));
    assert.sameMembers(
      told,
      ['runAsUser', 'seccomp', 'cpu limit', 'memory limit'].map(
        (feature) => `unsupported ${metadata.name} main ${feature}`,
      ),
    );
    const linux = { security_context: { namespace_options: { network: 'POD', pid: 'NODE' } } };
    for (const [more, message] of [
      [{ port_mappings: [{ container_port: 80, host_port: 80 }] }, /hostPort 80/],
      [{ linux }, /hostPID/],
      [{ linux: { ...sandboxConfig(bench).linux, sysctls: { 'kernel.sem': '1' } } }, /kernel\.sem/],
    ] as const) {
      const config = sandboxConfig(bench, more);
      const error = await bench.runtime('RunPodSandbox', { config }).catch((thrown) => thrown);
      assert.match(error.details, message);
    }
  });

  it('counts what a container uses', async () => {
    const container = await start(
      bench,
      'while (process.cpuUsage().user < 300_000); global.keep = Buffer.alloc(64 << 20, 1); console.log("up"); setInterval(() => {}, 1e6)',
    );
    while ((await container.log()) !== 'up\n');
    const { stats } = await bench.runtime('ContainerStats', { container_id: container.id });
    assert.equal(stats.attributes.id, container.id);
    assert.isAbove(Number(stats.cpu.usage_core_nano_seconds.value), 250e6);
    assert.isAbove(Number(stats.memory.working_set_bytes.value), 64 << 20);
    const pod = await bench.runtime('PodSandboxStats', { pod_sandbox_id: container.sandboxId });
    assert.equal(pod.stats.linux.process.process_count.value, '1');
    assert.equal(pod.stats.linux.network.default_interface.name, 'eth0');
    const all = await bench.runtime('ListContainerStats', { filter: { id: container.id } });
    assert.lengthOf(all.stats, 1);
    const { image_filesystems } = await bench.image('ImageFsInfo');
    assert.isAbove(Number(image_filesystems[0].used_bytes.value), 0);
  });
});

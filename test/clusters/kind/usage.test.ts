import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type NodeShell, openShell } from '../../../clusters/kind/node-shell.ts';
import { readUsage } from '../../../clusters/kind/usage.ts';
import { startPlaced } from '../../../src/toolchain/start-placed.ts';

const pod = { uid: '1f0c-9a', namespace: 'shop', name: 'web', node: 'n1', containers: [] };
const other = { ...pod, uid: '9a9a-1f', name: 'api' };

/** A node whose cgroups are these files, by what the kernel writes there; it counts the shells that were opened in it. */
function nodeWith(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'assay-cgroup-'));
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) put(path, text);
  const opened: string[] = [];
  let shell: NodeShell | undefined;
  const reader = readUsage(async (node) => {
    opened.push(node);
    shell = await openShell(node, () => startPlaced(['sh']));
    return shell;
  }, root);
  return {
    reader,
    opened,
    put,
    ended: () => shell?.ask('exit').catch(() => {}),
    remove: (path: string) => rmSync(join(root, path), { recursive: true }),
    async [Symbol.asyncDispose]() {
      await reader[Symbol.asyncDispose]();
      rmSync(root, { recursive: true });
    },
  };
}

const second = (slice: string, seconds: number) => ({
  [`${slice}/cpu.stat`]: `usage_usec ${seconds * 1e6}\nuser_usec 2000000\nsystem_usec 500000\n`,
  [`${slice}/memory.stat`]: 'anon 1000\ninactive_file 4096\n',
  [`${slice}/memory.current`]: '1052672\n',
});
const bySlice = (uid: string) => `kubelet.slice/kubelet-burstable.slice/kubelet-pod${uid.replaceAll('-', '_')}.slice`;

const first = {
  'cpu,cpuacct/kubelet/pod1f0c-9a/cpuacct.usage': '2500000000\n',
  'cpu,cpuacct/kubelet/pod1f0c-9a/cpu.stat': 'nr_periods 0\n',
  'memory/kubelet/pod1f0c-9a/memory.usage_in_bytes': '1052672\n',
  'memory/kubelet/pod1f0c-9a/memory.stat': 'inactive_file 1\ntotal_inactive_file 4096\n',
  'pids/kubelet/pod1f0c-9a/pids.current': '3\n',
};

const used = { cpuSeconds: 2.5, memoryBytes: 1_048_576 };

describe('what the cgroup of a pod on kind says', () => {
  it('is read of the pod that is meant, in either version, without pages that nobody has asked for of late', async () => {
    await using two = nodeWith({ ...second(bySlice(other.uid), 1), ...second(bySlice(pod.uid), 2.5) });
    const [web, api] = await two.reader.ofPods([pod, other]);
    expect(web).to.deep.include(used);
    expect(api).to.include({ cpuSeconds: 1 });
    await using one = nodeWith(first);
    expect((await one.reader.ofPods([pod]))[0]).to.deep.include(used);
  });

  it('has the time at which it was read, and comes by one shell a node however often it is asked', async () => {
    await using node = nodeWith(second(bySlice(pod.uid), 2.5));
    const beforeMs = performance.now();
    const looks = [];
    for (let look = 0; look < 5; look++) looks.push((await node.reader.ofPods([pod]))[0]?.atMs ?? 0);
    expect(looks).to.deep.equal([...looks].sort((a, b) => a - b));
    expect(looks.every((atMs) => atMs >= beforeMs && atMs <= performance.now())).to.equal(true);
    expect(node.opened).to.deep.equal(['n1']);
  });

  it('comes to each of those who ask at once', async () => {
    await using node = nodeWith({ ...second(bySlice(other.uid), 1), ...second(bySlice(pod.uid), 2.5) });
    const seen = await Promise.all([node.reader.ofPods([pod]), node.reader.ofPods([other])]);
    expect(seen.map(([usage]) => usage?.cpuSeconds)).to.deep.equal([2.5, 1]);
  });

  it('comes by a new shell where the old one has ended', async () => {
    await using node = nodeWith(second(bySlice(pod.uid), 2.5));
    await node.reader.ofPods([pod]);
    await node.ended();
    expect((await node.reader.ofPods([pod]))[0]?.cpuSeconds).to.equal(2.5);
    expect(node.opened).to.deep.equal(['n1', 'n1']);
  });

  it('is an error that names the pod where its node shows none, and is found where it is by the next look', async () => {
    await using node = nodeWith(second(bySlice(pod.uid), 2.5));
    await node.reader.ofPods([pod]);
    node.remove(bySlice(pod.uid));
    const failure = await node.reader.ofPods([pod]).catch((error: Error) => error);
    expect(String(failure)).to.include('what pod shop/web uses cannot be seen');
    for (const [path, text] of Object.entries(second(`pod${pod.uid}`, 4))) node.put(path, text);
    expect((await node.reader.ofPods([pod]))[0]?.cpuSeconds).to.equal(4);
  });
});

describe('what the cgroup of a node on kind says', () => {
  it('is of all that runs there, in either version', async () => {
    await using two = nodeWith({ ...second('.', 7), ...second(bySlice(pod.uid), 2.5) });
    expect((await two.reader.ofNodes(['n1']))[0]?.cpuSeconds).to.equal(7);
    await using one = nodeWith({
      ...first,
      'cpuacct/cpuacct.usage': '7000000000\n',
      'memory/memory.usage_in_bytes': '2\n',
      'memory/memory.stat': 'total_inactive_file 1\n',
    });
    expect((await one.reader.ofNodes(['n1']))[0]).to.include({ cpuSeconds: 7, memoryBytes: 1 });
    expect((await one.reader.ofPods([pod]))[0]).to.include(used);
  });
});

describe('a shell that stays in a node', () => {
  it('answers one after another, what prints nothing too', async () => {
    await using shell = await openShell('n1', () => startPlaced(['sh']));
    const answers = await Promise.all(['echo 1; echo 2', 'false', 'echo 3'].map((commands) => shell.ask(commands)));
    expect(answers).to.deep.equal(['1\n2\n', '', '3\n']);
  });

  it('says of which node it was where it has ended', async () => {
    await using shell = await openShell('n1', () => startPlaced(['sh']));
    for (const commands of ['echo no room >&2; exit', 'echo 1'])
      expect(String(await shell.ask(commands).catch((error: Error) => error))).to.include(
        'the shell in the node n1 has ended: no room',
      );
  });
});

import { assert } from 'chai';
import { type Bench, startBench } from './bench.ts';
import { start } from './pod.ts';

describe('the CRI runtime: containers', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench?.[Symbol.asyncDispose]());

  const json = async (program: string, more: object = {}) => {
    const container = await start(bench, `console.log(JSON.stringify(${program}))`, more);
    assert.deepInclude(await container.ended(), { exit_code: 0, reason: 'Completed' });
    return JSON.parse(await container.log());
  };
  const refusal = (promise: Promise<unknown>): Promise<{ code: number; details: string }> =>
    promise.then(
      () => assert.fail('it was accepted'),
      (error) => error,
    );

  it('runs a program to its end and keeps its exit code and output', async () => {
    const container = await start(bench, 'console.log("out"); console.error("err"); process.exit(3)');
    assert.deepInclude(await container.ended(), { exit_code: 3, reason: 'Error' });
    assert.equal(await container.log(), 'out\nerr\n');
  });

  it('gives command, args, environment and working directory, and nothing of the host’s environment', async () => {
    const seen = await json('{argv: process.argv.slice(1), cwd: process.cwd(), env: process.env}', {
      command: [
        'node',
        '-e',
        'console.log(JSON.stringify({argv: process.argv.slice(1), cwd: process.cwd(), env: process.env}))',
      ],
      args: ['--', 'a b', '$(not expanded)', '"quoted"'],
      working_dir: '/srv/new folder',
      envs: [{ key: 'GREETING', value: Buffer.from('hello\nwörld $HOME') }],
    });
    assert.deepEqual(seen.argv, ['a b', '$(not expanded)', '"quoted"']);
    assert.equal(seen.cwd, '/srv/new folder');
    assert.sameMembers(
      Object.keys(seen.env),
      ['PATH', 'HOME', 'HOSTNAME', 'IMAGE', 'GREETING', 'PWD'].filter((name) => name in seen.env),
    );
    assert.include(seen.env, { GREETING: 'hello\nwörld $HOME', IMAGE: 'node', HOME: '/root' });
  });

  it('is process 1 of a namespace of its own', async () => {
    const seen = await json(
      '{pid: process.pid, all: require("fs").readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name))}',
    );
    assert.deepEqual(seen, { pid: 1, all: ['1'] });
  });

  it('has a file tree of its own, with the machine’s programs read-only', async () => {
    const seen = await json(`(() => { const fs = require('fs');
      const write = (path) => { try { fs.writeFileSync(path, 'x'); return 'written' } catch (error) { return error.code } };
      return { root: fs.readdirSync('/').sort(), own: write('/data'), programs: write('/usr/x'), nul: write('/dev/null'),
        passwd: fs.readFileSync('/etc/passwd', 'utf8').split(':')[0], dns: fs.readFileSync('/etc/resolv.conf', 'utf8'),
        mounts: fs.readFileSync('/proc/self/mountinfo', 'utf8').includes('assay-cri') } })()`);
    assert.notInclude(seen.root, '.old');
    assert.includeMembers(seen.root, ['bin', 'dev', 'etc', 'proc', 'tmp', 'usr']);
    assert.deepInclude(seen, { own: 'written', programs: 'EROFS', nul: 'written', passwd: 'root' });
    assert.equal(seen.dns, 'nameserver 10.96.0.10\nsearch default.svc.cluster.local\noptions ndots:5\n');
  });

  it('makes the tree read-only where asked, and leaves volumes writable', async () => {
    const seen = await json(
      `['/x', '/tmp/x', '/etc/x'].map((path) => { try { require('fs').writeFileSync(path, ''); return 'written' } catch (error) { return error.code } })`,
      {
        mounts: [{ container_path: '/tmp', host_path: `${bench.folder}/scratch` }],
        linux: { security_context: { readonly_rootfs: true } },
      },
    );
    assert.deepEqual(seen, ['EROFS', 'written', 'EROFS']);
  });

  it('opens /dev/stdout and /dev/stderr as files', async () => {
    const container = await start(bench, '', {
      command: ['sh', '-c', 'echo one > /dev/stdout; echo two > /dev/stderr'],
      args: [],
    });
    await container.ended();
    assert.equal(await container.log(), 'one\ntwo\n');
  });

  it('leaves a program the usual capabilities, and adds and drops what is asked', async () => {
    const effective = `parseInt(/CapEff:\\s*(\\w+)/.exec(require('fs').readFileSync('/proc/self/status', 'utf8'))[1], 16)`;
    const asked = (capabilities: object, more: object = {}) => ({
      linux: { security_context: { capabilities, ...more } },
    });
    assert.equal(await json(effective), 0xa80425fb);
    assert.equal(await json(effective, asked({ drop_capabilities: ['ALL'] })), 0);
    assert.equal(
      await json(effective, asked({ drop_capabilities: ['ALL'], add_capabilities: ['NET_BIND_SERVICE'] })),
      0x400,
    );
    assert.isAbove(await json(effective, asked({}, { privileged: true })), 0xffffffff);
    const nnp = `/NoNewPrivs:\\s*(\\d)/.exec(require('fs').readFileSync('/proc/self/status', 'utf8'))[1]`;
    assert.equal(await json(nnp, asked({}, { no_new_privs: true })), '1');
  });

  it('says which program is not there, and does not run', async () => {
    for (const [command, message] of [
      ['no-such-program', /"no-such-program": executable file not found in PATH/],
      ['/no/such', /"\/no\/such": no such file/],
      ['/etc/passwd', /"\/etc\/passwd": permission denied/],
    ] as const) {
      const config = { command: [command], args: [] };
      const error = await refusal(start(bench, '', config));
      assert.match(error.details, message);
      const { containers } = await bench.runtime('ListContainers');
      const { status } = await bench.runtime('ContainerStatus', { container_id: containers.at(-1).id });
      assert.deepInclude(status, { state: 'CONTAINER_EXITED', exit_code: 128, reason: 'StartError' });
      assert.match(status.message, message);
    }
  });

  it('says so where an image stands for nothing', async () => {
    const error = await refusal(bench.image('PullImage', { image: { image: 'no/such:1' } }));
    assert.deepInclude(error, { code: 5, details: 'no program stands for image "no/such:1"' });
    assert.isNull((await bench.image('ImageStatus', { image: { image: 'no/such:1' } })).image);
    const { image_ref } = await bench.image('PullImage', { image: { image: 'docker.io/library/node:20' } });
    assert.equal((await bench.image('ImageStatus', { image: { image: image_ref } })).image.id, 'node');
  });

  it('ends on SIGTERM with the code the program chooses', async () => {
    const container = await start(
      bench,
      'process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1e6); console.log("up")',
    );
    while ((await container.log()) !== 'up\n');
    await bench.runtime('StopContainer', { container_id: container.id, timeout: 60 });
    assert.deepInclude(await container.status(), { state: 'CONTAINER_EXITED', exit_code: 7 });
  });

  it('is killed after the grace period, with all it started', async () => {
    const container = await start(
      bench,
      'process.on("SIGTERM", () => console.log("no")); require("child_process").spawn("sleep", ["987654"], {detached: true}); console.log("up")',
    );
    while ((await container.log()) !== 'up\n');
    assert.include(await bench.inside('ps', '-eo', 'args'), 'sleep 987654');
    await bench.runtime('StopContainer', { container_id: container.id, timeout: 1 });
    assert.deepInclude(await container.status(), { exit_code: 137, reason: 'Error' });
    assert.equal(await container.log(), 'up\nno\n');
    assert.notInclude(await bench.inside('ps', '-eo', 'args'), 'sleep 987654');
  });

  it('reports the signal a program died of, and outlives every such death', async () => {
    // abort() as process 1 ends in SIGSEGV, as in any container: the kernel ignores SIGABRT there.
    const { exit_code } = await (await start(bench, 'process.abort()')).ended();
    assert.equal(exit_code, 139);
  });

  it('lists containers by sandbox, state and label', async () => {
    const one = await start(bench, 'setInterval(() => {}, 1e6)', { labels: { app: 'one' } });
    const two = await start(bench, '', { labels: { app: 'two' } }, one.sandboxId);
    await two.ended();
    const ids = async (filter: object) =>
      (await bench.runtime('ListContainers', { filter })).containers.map(({ id }: { id: string }) => id);
    assert.sameMembers(await ids({ pod_sandbox_id: one.sandboxId }), [one.id, two.id]);
    assert.deepEqual(await ids({ pod_sandbox_id: one.sandboxId, state: { state: 'CONTAINER_RUNNING' } }), [one.id]);
    assert.deepEqual(await ids({ label_selector: { app: 'two' } }), [two.id]);
    assert.deepEqual(await ids({ id: one.id }), [one.id]);
    assert.deepEqual(await ids({ label_selector: { app: 'three' } }), []);
  });

  it('answers NOT_FOUND for a container or sandbox that is not there, except when it is to be removed', async () => {
    assert.equal((await refusal(bench.runtime('ContainerStatus', { container_id: 'x' }))).code, 5);
    assert.equal((await refusal(bench.runtime('PodSandboxStatus', { pod_sandbox_id: 'x' }))).code, 5);
    await bench.runtime('RemoveContainer', { container_id: 'x' });
    await bench.runtime('StopPodSandbox', { pod_sandbox_id: 'x' });
  });

  it('answers Unimplemented to kubectl exec, attach and port-forward', async () => {
    for (const method of ['Exec', 'Attach', 'PortForward'])
      assert.equal((await refusal(bench.runtime(method))).code, 12);
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import k6 from '../../../../load/k6/index.ts';
import { compiledModule } from '../../../../src/paths.ts';
import { guardsOf } from '../../../../src/run/benchmark/guards/all.ts';
import { machineUse, readMachine } from '../../../../src/run/benchmark/machine.ts';
import { measure } from '../../../../src/run/benchmark/measure.ts';
import { rateOf } from '../../../../src/run/benchmark/measured-run.ts';
import { measures } from '../../../../src/run/benchmark/profiles.ts';
import { startSampler } from '../../../../src/run/benchmark/sampler.ts';
import { startPlaced } from '../../../../src/toolchain/start-placed.ts';
import { programsOf } from '../../../load/order-to.ts';
import { atRate, benchHere, guardNamed, orderTo, run, serving, servingFast, spinning } from './bench.ts';

/** What lies in files, by their paths. */
type Files = Readonly<Record<string, string>>;

/** A folder with these files. */
async function folderOf(files: Files) {
  const path = await mkdtemp(join(tmpdir(), 'assay-test-'));
  const write = async (more: Files) => {
    for (const [file, said] of Object.entries(more)) {
      await mkdir(dirname(join(path, file)), { recursive: true });
      await writeFile(join(path, file), `${said}\n`);
    }
  };
  await write(files);
  return { path, write, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

/** A new group, of either version, that may run for a tenth of the time; nothing where none may be made. */
async function quotaGroup(): Promise<string | undefined> {
  const [root, file, quota] = existsSync('/sys/fs/cgroup/cgroup.controllers')
    ? ['/sys/fs/cgroup', 'cpu.max', '10000 100000']
    : ['/sys/fs/cgroup/cpu', 'cpu.cfs_quota_us', '10000'];
  const group = `${root}/assay-test-${process.pid}`;
  try {
    await mkdir(group);
    await writeFile(join(group, file), quota);
    return group;
  } catch {
    await rmdir(group).catch(() => {});
    return undefined;
  }
}

/** On the first CPU alone, with whatever else is there. */
const onOneCpu = ['taskset', '--cpu-list', '0'];

describe('the guards of a run', function () {
  this.timeout(30_000);

  it('hold of a sound run at a rate', async () => {
    await using server = await serving();
    const measured = await run(orderTo(server.port, atRate(500)));
    const breached = guardsOf(measured, {}).filter(({ held }) => !held);
    // What of the machine's own cannot be asked of a test.
    expect(
      breached.map(({ name }) => name).filter((name) => !['steal', 'pressure', 'send-lag'].includes(name)),
    ).to.deep.equal([]);
  });

  describe('baseline', () => {
    it('is breached where the back-ends are no faster than the controller: generator-bound', async () => {
      await using server = await serving();
      const [direct, through] = [await run(orderTo(server.port), { side: 'direct' }), await run(orderTo(server.port))];
      const guard = guardNamed('baseline', through, { directRps: rateOf(direct) });
      expect(guard?.held).to.equal(false);
      expect(guard?.text).to.match(/^generator-bound: .* at least 2 times/);
    });

    it('holds of a controller that takes its time', async () => {
      await using fast = await serving();
      await using slow = await serving('(request, response, answer) => setTimeout(answer, 50)');
      const [direct, through] = [await run(orderTo(fast.port), { side: 'direct' }), await run(orderTo(slow.port))];
      expect(guardNamed('baseline', through, { directRps: rateOf(direct) })?.held).to.equal(true);
    });

    it('says nothing of the direct runs themselves', async () => {
      await using server = await serving();
      expect(guardNamed('baseline', await run(orderTo(server.port), { side: 'direct' }), { directRps: 1 })).to.equal(
        undefined,
      );
    });

    it('holds at a rate where twice as much is to be had directly, and is breached where less is', async () => {
      await using server = await serving();
      const measured = await run(orderTo(server.port, atRate(100)));
      expect(guardNamed('baseline', measured, { directRps: 200 })?.held).to.equal(true);
      expect(guardNamed('baseline', measured, { directRps: 199 })).to.deep.include({
        held: false,
        text: 'generator-bound: 199/s directly, 1.99 times as many as are offered, at least 2 times',
      });
      expect(guardNamed('baseline', measured)?.text).to.contain('cannot be seen here');
    });
  });

  describe('generator-cpu', () => {
    it('is breached where the generator has no CPU to spare', async () => {
      await using server = await servingFast();
      // A generator whose code is never compiled needs far more CPU than nginx.
      const order = orderTo(server.port, { connections: 64 });
      const measured = await run(order, { bench: benchHere([], ['--jitless']) });
      expect(guardNamed('generator-cpu', measured)?.held, guardNamed('generator-cpu', measured)?.text).to.equal(false);
    });

    it('holds where the server is what limits', async () => {
      await using server = await serving('(request, response, answer) => setTimeout(answer, 20)');
      expect(guardNamed('generator-cpu', await run(orderTo(server.port)))?.held).to.equal(true);
    });

    it('says that it cannot be seen, and what others use neither, where the engine does not tell', async () => {
      await using server = await serving();
      const { result, ...rest } = await run(orderTo(server.port));
      const { cpuShare: _unseen, ...generator } = result.generator;
      const machine = { seconds: 1, cpus: 2, busyShare: 1, stolenShare: 0 };
      const unseen = { ...rest, result: { ...result, generator }, used: { machine, ownCpus: 0, allCpus: 0 } };
      for (const name of ['generator-cpu', 'others'])
        expect(guardNamed(name, unseen)?.text, name).to.contain('cannot be seen here');
    });

    it('says nothing of a direct run to saturation, which is to be limited by generator and back-ends', async () => {
      await using server = await serving();
      expect(guardNamed('generator-cpu', await run(orderTo(server.port), { side: 'direct' }))).to.equal(undefined);
    });
  });

  it('send-lag is breached where others keep the generator from its CPU', async () => {
    await using server = await serving();
    await using _hogs = spinning(6, onOneCpu);
    const measured = await run(orderTo(server.port, { ...atRate(1000), durationMs: 2000 }), {
      bench: benchHere(onOneCpu),
    });
    expect(guardNamed('send-lag', measured)?.held, guardNamed('send-lag', measured)?.text).to.equal(false);
  });

  it('event-loop is breached where the generator does something else in between', async () => {
    await using server = await serving();
    const block = 'setInterval(() => { for (const start = Date.now(); Date.now() < start + 50; ); }, 60)';
    const measured = await run(orderTo(server.port, { ...atRate(100), durationMs: 2000 }), {
      bench: benchHere([], ['--import', `data:text/javascript,${encodeURIComponent(block)}`]),
    });
    expect(guardNamed('event-loop', measured)?.held, guardNamed('event-loop', measured)?.text).to.equal(false);
  });

  it('offered and dropped are breached by a rate that the generator cannot reach', async () => {
    await using server = await serving();
    const measured = await run(orderTo(server.port, { ...atRate(900_000), connections: 16, timeoutMs: 500 }));
    for (const name of ['offered', 'dropped'])
      expect(guardNamed(name, measured)?.held, guardNamed(name, measured)?.text).to.equal(false);
  });

  it('dropped is breached where no connection of k6 is left, and achieved says whose fault it may be where its CPU is not seen', async function () {
    this.timeout(600_000); // its program may have to be built
    await using server = await serving('(request, response, answer) => setTimeout(answer, 400)');
    const order = { ...orderTo(server.port, { ...atRate(100), connections: 4 }), ...(await programsOf(k6)) };
    const measured = await measure(benchHere(), k6, 'a', order);
    const { dropped, cpuShare, ...generator } = measured.result.generator;
    expect(dropped).to.be.within(70, 100);
    expect(guardNamed('dropped', measured)?.held, guardNamed('dropped', measured)?.text).to.equal(false);
    expect(guardNamed('achieved', measured)?.text).to.match(/^overload: /);
    expect(cpuShare).to.be.a('number');
    const fromPods = (unsent: number) => ({
      ...measured,
      result: { ...measured.result, generator: { ...generator, dropped: unsent } },
    });
    const unclear = guardNamed('achieved', fromPods(dropped));
    expect(unclear?.held).to.equal(false);
    expect(unclear?.text).to.match(/^overload, or a generator that had too little CPU to send: /);
    expect(guardNamed('achieved', fromPods(0))?.text).to.match(/^overload: /);
  });

  it('achieved is breached, as overload, where less is answered than offered', async () => {
    await using server = await serving('(request, response, answer) => setTimeout(answer, 400)');
    const measured = await run(orderTo(server.port, { ...atRate(500), connections: 8, timeoutMs: 700 }));
    const guard = guardNamed('achieved', measured);
    expect(guard?.held).to.equal(false);
    expect(guard?.text).to.match(/^overload: /);
  });

  it('achieved is breached where more than 1 % has no answer, however short the run', async () => {
    // As many as 50 ms offer are never answered: one in twenty.
    await using server = await serving('(request, response, answer, count) => { if (count % 20 !== 0) answer(); }');
    const measured = await run(orderTo(server.port, { ...atRate(200), connections: 64, timeoutMs: 300 }));
    const guard = guardNamed('achieved', measured);
    expect(guard?.held, guard?.text).to.equal(false);
  });

  it('achieved is not rounded up to all', async () => {
    await using server = await serving();
    const measured = await run(orderTo(server.port, atRate(200)));
    const result = { ...measured.result, inTime: { leewayMs: 50, due: 50_000, answered: 49_997 } };
    expect(guardNamed('achieved', { ...measured, result })).to.deep.include({
      held: true,
      text: '99.9940 % answered of 50,000 due 50 ms or more before the end, and by then, at least 99 %',
    });
  });

  describe('failures', () => {
    for (const [what, serve, cause] of [
      [
        'answers 503 now and then',
        '(request, response, answer, count) => { if (count % 20 === 0) response.statusCode = 503; answer(); }',
        'status-5xx',
      ],
      [
        'resets connections',
        '(request, response, answer, count) => { if (count % 20 === 0) request.socket.resetAndDestroy(); else answer(); }',
        'reset',
      ],
      ['stalls', '(request, response, answer, count) => { if (count % 20 !== 0) answer(); }', 'timeout'],
      [
        'answers garbage',
        "(request, response, answer, count) => { if (count % 20 === 0) request.socket.end('SSH-2.0-nonsense\\r\\n\\r\\n'); else answer(); }",
        'malformed',
      ],
      [
        'answers too much',
        "(request, response, answer, count) => { if (count % 20 === 0) response.end('okay'); else answer(); }",
        'wrong-length',
      ],
    ] as const)
      it(`is breached by a controller that ${what}, which is named`, async () => {
        await using server = await serving(serve);
        const guard = guardNamed('failures', await run(orderTo(server.port, { timeoutMs: 300 })));
        expect(guard?.held).to.equal(false);
        expect(guard?.text).to.contain(cause);
      });

    it('is breached by a controller that vanishes under load', async () => {
      const server = await serving();
      const running = run(orderTo(server.port, { durationMs: 2000, timeoutMs: 500 }));
      await pause(1500);
      await server[Symbol.asyncDispose]();
      const guard = guardNamed('failures', await running);
      expect(guard?.held).to.equal(false);
      expect(guard?.text).to.match(/refused|reset|closed-early/);
    });

    it('is breached by a controller that nobody reaches', async () => {
      const server = await serving();
      await server[Symbol.asyncDispose]();
      const guard = guardNamed('failures', await run(orderTo(server.port)));
      expect(guard?.held).to.equal(false);
      expect(guard?.text).to.contain('refused');
    });
  });

  describe('connections', () => {
    it('is breached where nothing is kept alive that was to be', async () => {
      await using server = await serving(
        "(request, response, answer) => { response.setHeader('connection', 'close'); answer(); }",
      );
      expect(guardNamed('connections', await run(orderTo(server.port)))?.held).to.equal(false);
    });

    it('holds where each request has a connection of its own that was to have one', async () => {
      await using server = await serving();
      const measured = await run(orderTo(server.port, { connectionUse: 'fresh' }));
      expect(guardNamed('connections', measured)?.held, guardNamed('connections', measured)?.text).to.equal(true);
    });
  });

  it('accepted is breached where back-ends that are asked directly see other connections than were made', async () => {
    // Something between keeps connections to the server, and so hides that each request had one of its own.
    await using server = await serving();
    await using between = await serving(
      `(request, response) => {
        globalThis.pool ??= new (require('node:http').Agent)({ keepAlive: true, maxSockets: 4 });
        require('node:http').get({ port: ${server.port}, host: '127.0.0.1', agent: pool }, (answer) => {
          response.setHeader('content-length', 2);
          answer.pipe(response);
        });
      }`,
    );
    const bench = { ...benchHere(), accepted: () => server.accepted() };
    const order = orderTo(between.port, { connectionUse: 'fresh', connections: 4 });
    const guard = guardNamed('accepted', await run(order, { side: 'direct', bench }));
    expect(guard?.held, guard?.text).to.equal(false);
    expect(guardNamed('accepted', await run(order, { side: 'a', bench }))?.held).to.equal(true);
  });

  it('accepted is breached where every second connection is another’s again, and a warm-up as long as the run made as many', async () => {
    await using server = await serving();
    await using between = await serving(
      `(request, response, answer, count) => {
        globalThis.pool ??= new (require('node:http').Agent)({ keepAlive: true, maxSockets: 4 });
        const agent = count % 2 === 0 ? pool : false;
        require('node:http').get({ port: ${server.port}, host: '127.0.0.1', agent }, (answer) => {
          response.setHeader('content-length', 2);
          answer.pipe(response);
        });
      }`,
    );
    const bench = { ...benchHere(), accepted: () => server.accepted() };
    const order = orderTo(between.port, { connectionUse: 'fresh', connections: 4, warmUpMs: 1000 });
    const guard = guardNamed('accepted', await run(order, { side: 'direct', bench }));
    expect(guard?.held, guard?.text).to.equal(false);
  });

  it('accepted says so where nobody counts connections', async () => {
    await using server = await serving();
    expect(guardNamed('accepted', await run(orderTo(server.port), { side: 'direct' }))).to.deep.include({
      held: true,
      text: 'what the back-ends accept cannot be seen here',
    });
  });

  it('ports is breached where there are none left to connect from', async () => {
    // A network of its own, with sixteen ports; the server closes first, so that the client's are free again at once but for its own.
    const inNetwork = ['unshare', '--user', '--map-root-user', '--net'];
    const few = [
      'sh',
      '-c',
      'echo 40000 40015 > /proc/sys/net/ipv4/ip_local_port_range; ip link set lo up; exec "$@"',
      'sh',
    ];
    await using server = await serving('(request, response, answer) => setTimeout(answer, 200)', [
      ...inNetwork,
      ...few,
    ]);
    const inside = ['nsenter', `--target=${server.pid}`, '--user', '--net', '--preserve-credentials'];
    const measured = await run(orderTo(server.port, { connections: 64, connectionUse: 'fresh' }), {
      bench: benchHere(inside),
    });
    expect(measured.sockets?.ports).to.equal(16);
    const guard = guardNamed('ports', measured);
    expect(guard?.held, guard?.text).to.equal(false);
  });

  it('ports says so where nobody looked, and is looked at for load from here whatever pods could make', async () => {
    await using server = await serving();
    const bench = { ...benchHere(), elsewhere: () => undefined };
    const measured = await run(orderTo(server.port), { bench });
    expect(measured.sockets?.ports).to.be.greaterThan(1000);
    const guard = guardNamed('ports', { ...measured, sockets: undefined });
    expect(guard).to.deep.include({ held: true, text: 'how many ports are in TIME_WAIT cannot be seen here' });
  });

  it('ports is breached where closed connections keep nearly all of them', async () => {
    const inNetwork = ['unshare', '--user', '--map-root-user', '--net'];
    const few = [
      'sh',
      '-c',
      'echo 40000 40099 > /proc/sys/net/ipv4/ip_local_port_range; ip link set lo up; exec "$@"',
      'sh',
    ];
    await using server = await serving(undefined, [...inNetwork, ...few]);
    const inside = ['nsenter', `--target=${server.pid}`, '--user', '--net', '--preserve-credentials'];
    const bench = benchHere(inside);
    // Somebody there closes connections in good order, and so keeps their ports for a minute.
    const closing = `(async () => {
      for (let count = 0; count < 95; count += 1)
        await new Promise((resolve) => require('node:net').connect(${server.port}, '127.0.0.1').resume().on('close', resolve).end());
    })()`;
    await using stranger = await bench.start(['node', '-e', closing]);
    expect(await stranger.exited).to.include({ code: 0 });
    const measured = await run(orderTo(server.port, { connections: 4 }), { bench });
    expect(guardNamed('ports', measured)?.held, guardNamed('ports', measured)?.text).to.equal(false);
  });

  describe('drift', () => {
    const slowing = (afterMs: number) =>
      `(request, response, answer) => { globalThis.since ??= Date.now(); setTimeout(answer, Date.now() - since > ${afterMs} ? 60 : 5); }`;

    for (const durationMs of [measures.smoke.durationMs, 4000]) {
      it(`is breached by a server that gets slower under saturation within ${durationMs} ms`, async () => {
        await using server = await serving(slowing(durationMs / 2));
        const measured = await run(orderTo(server.port, { durationMs, warmUpMs: 0 }));
        expect(guardNamed('drift', measured)?.held, guardNamed('drift', measured)?.text).to.equal(false);
      });

      it(`is breached by a server whose latency grows at a rate within ${durationMs} ms`, async () => {
        await using server = await serving(slowing(durationMs / 2));
        const measured = await run(orderTo(server.port, { ...atRate(200), durationMs, warmUpMs: 0 }));
        expect(guardNamed('drift', measured)?.held, guardNamed('drift', measured)?.text).to.equal(false);
      });
    }

    it('says of an engine that counts by seconds that two are too few to tell, and sees drift in three', async () => {
      await using server = await serving();
      const measured = await run(orderTo(server.port));
      const bySeconds = (...answered: readonly number[]) => {
        const { thirds, ...result } = measured.result;
        const seconds = answered.map((count) => ({ offered: count, answered: count, failed: 0 }));
        return guardNamed('drift', {
          ...measured,
          result: { ...result, durationMs: answered.length * 1000, seconds },
        });
      };
      expect(bySeconds(1000, 500)?.text).to.contain('too few');
      expect(bySeconds(1000, 1000, 500)?.held).to.equal(false);
    });
  });

  describe('of the machine', () => {
    it('watched is breached where the harness had no time to look', async () => {
      await using server = await serving();
      const measured = await run(orderTo(server.port));
      expect(guardNamed('watched', measured)).to.deep.include({ held: true });
      const sampler = startSampler(undefined, 100);
      // Nothing of this process goes on for as long as a run would take.
      execFileSync('sleep', ['1.5']);
      const used = await sampler.stop(Date.now() - 1000, 1000);
      expect(guardNamed('watched', { ...measured, used })).to.deep.include({ held: false });
    });

    /** A machine whose kernel says this of itself, and a moment later that, file by file. */
    const useOf = async (...[said, later]: readonly [before: Files, after: Files]) => {
      await using root = await folderOf({ 'proc/stat': 'cpu  1000 0 500 2000 10 0 20 100 0 0', ...said });
      const before = readMachine(root.path);
      await pause(50);
      await root.write({ 'proc/stat': 'cpu  1060 0 520 2120 10 0 20 100 0 0', ...later });
      return { machine: machineUse(before, readMachine(root.path)), ownCpus: 0 };
    };

    it('steal is breached where the kernel counts CPU that went elsewhere', async () => {
      // Nobody can steal CPU from within: the kernel's account is written by hand.
      const used = await useOf({}, { 'proc/stat': 'cpu  1060 0 520 2110 10 0 20 110 0 0\ncpu0 1 2 3' });
      expect(used.machine.stolenShare).to.be.closeTo(0.05, 1e-9);
      expect(used.machine.busyShare).to.be.closeTo(0.4, 1e-9);
      await using server = await serving();
      const measured = { ...(await run(orderTo(server.port))), used };
      expect(guardNamed('steal', measured)).to.deep.include({ held: false, text: '5 % of CPU stolen, at most 1 %' });
    });

    for (const [version, cgroup, folder, count] of [
      ['first', '4:cpu,cpuacct:/pod', 'sys/fs/cgroup/cpu', (seconds: number) => `throttled_time ${seconds * 1e9}`],
      ['second', '0::/pod', 'sys/fs/cgroup', (seconds: number) => `throttled_usec ${seconds * 1e6}`],
    ] as const)
      it(`throttling is breached where a group of the ${version} version was kept from running, or one above it`, async () => {
        await using server = await serving();
        const measured = await run(orderTo(server.port));
        const groups = {
          'proc/self/cgroup': cgroup,
          [`${folder}/cpu.stat`]: count(1),
          [`${folder}/pod/cpu.stat`]: count(1),
        };
        const breached = async (group: string) =>
          guardNamed('throttling', { ...measured, used: await useOf(groups, { [`${folder}/${group}`]: count(2) }) });
        for (const group of ['cpu.stat', 'pod/cpu.stat'])
          expect(await breached(group), group).to.deep.include({ held: false });
        expect(guardNamed('throttling', { ...measured, used: await useOf(groups, {}) })).to.deep.include({
          held: true,
          text: 'harness throttled 0 % of the time, at most 1 %',
        });
      });

    it('pressure is breached where the kernel counts time in which tasks waited', async () => {
      await using server = await serving();
      const measured = await run(orderTo(server.port, atRate(200)));
      const waited = (seconds: number) => ({
        'proc/pressure/cpu': `some avg10=0.00 avg60=0.00 avg300=0.00 total=${seconds * 1e6}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0`,
      });
      const guard = guardNamed('pressure', { ...measured, used: await useOf(waited(1), waited(1001)) });
      expect(guard?.held, guard?.text).to.equal(false);
    });

    it('throttling is breached where a quota keeps the harness from running', async function () {
      const group = await quotaGroup();
      // Whoever may make no group cannot cause this here.
      if (group === undefined) return this.skip();
      try {
        const source = `
          import { machineUse, readMachine } from '${compiledModule('src/run/benchmark/machine.ts')}';
          const before = readMachine();
          for (const until = Date.now() + 1000; Date.now() < until; );
          console.log(JSON.stringify(machineUse(before, readMachine())));`;
        const argv = [
          'sh',
          '-c',
          `echo $$ > ${group}/cgroup.procs; exec "$@"`,
          'sh',
          process.execPath,
          '--input-type=module',
          '-e',
          source,
        ];
        await using held = await startPlaced(argv);
        const [said] = await Promise.all([text(held.stdout), held.exited]);
        await using server = await serving();
        const measured = { ...(await run(orderTo(server.port))), used: { machine: JSON.parse(said), ownCpus: 0 } };
        expect(guardNamed('throttling', measured)?.held, guardNamed('throttling', measured)?.text).to.equal(false);
      } finally {
        await rmdir(group);
      }
    });

    it('pressure and others are breached where strangers use the CPUs', async () => {
      await using server = await serving();
      await using _strangers = spinning(2 * availableParallelism());
      const look = async () => ({ all: [{ atMs: performance.now(), cpuSeconds: 0, memoryBytes: 0 }] });
      const bench = { ...benchHere(), look: () => look };
      const measured = await run(orderTo(server.port, { ...atRate(200), durationMs: 2000 }), { bench });
      expect(guardNamed('others', measured)?.held, guardNamed('others', measured)?.text).to.equal(false);
      if (measured.used?.machine.waitedShare === undefined) return; // a kernel without PSI says so
      expect(guardNamed('pressure', measured)?.held, guardNamed('pressure', measured)?.text).to.equal(false);
    });

    it('others holds where it is the cluster itself that uses the CPUs, and says how many', async () => {
      await using server = await serving();
      const { used: _none, ...rest } = await run(orderTo(server.port));
      const machine = { seconds: 1, cpus: 4, busyShare: 1, stolenShare: 0 };
      const used = { machine, ownCpus: 0, allCpus: 2, nodesCpus: 3 };
      const result = { ...rest.result, generator: { ...rest.result.generator, cpuShare: 0.8 } };
      const finding = guardNamed('others', { ...rest, result, used });
      expect(finding?.text).to.equal(
        'others used 5 % of the CPUs, at most 15 %; the cluster itself 25 %, at most 25 %',
      );
      expect(finding?.held).to.equal(true);
      for (const strange of [{ nodesCpus: 2.5 }, { allCpus: 1.9 }]) {
        const { held, text } = guardNamed('others', { ...rest, result, used: { ...used, ...strange } }) ?? {};
        expect(held, text).to.equal(false);
      }
    });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import { expect } from 'chai';
import local from '../../../clusters/local/index.ts';
import { createAuthority } from '../../../clusters/local/inside/pki.ts';
import { createKube } from '../../../src/kube/create-kube.ts';
import type { Kube } from '../../../src/kube/kube.ts';
import { readManifest } from '../../../src/kube/manifest.ts';
import type { Cluster, Place } from '../../../src/model/cluster.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { packageRoot } from '../../../src/paths.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';

const { signal } = new AbortController();
const toolchain = createToolchain({ progress: silentProgress, signal });
const external: Place = { kind: 'external' };
const pod = (name: string): Place => ({ kind: 'pod', namespace: 'default', name });

/** Prints the answer's body, or the code of what went wrong. */
const getScript = `
const request = require('http').get(process.argv[1], { timeout: 3000 }, (response) => response.pipe(process.stdout));
request.on('timeout', () => request.destroy(Object.assign(new Error(), { code: 'TIMEOUT' })));
request.on('error', (error) => process.stdout.write(error.code));`;

/** Connects 20 times; prints how often it was refused, and how many segments this network namespace had to send again meanwhile. */
const refusalsScript = `
const tcp = () => {
  const [names, values] = require('fs').readFileSync('/proc/net/snmp', 'utf8').split('\\n').filter((line) => line.startsWith('Tcp:'));
  return Number(values.split(' ')[names.split(' ').indexOf('RetransSegs')]);
};
const refused = (host) => new Promise((resolve) => {
  require('net').connect(80, host).on('error', ({ code }) => resolve(code === 'ECONNREFUSED')).on('connect', () => resolve(false));
});
(async () => {
  while (!(await refused(process.argv[1])));
  const before = tcp();
  let count = 0;
  for (let sent = 0; sent < 20; sent++) if (await refused(process.argv[1])) count++;
  console.log(JSON.stringify({ refused: count, sentAgain: tcp() - before }));
})();`;

describe('a local cluster of two nodes', function () {
  this.timeout(180_000);
  let cluster: Cluster;
  let kube: Kube;
  let logFolder: string;
  const addresses: Record<string, string> = {};

  before(async () => {
    logFolder = mkdtempSync(join(tmpdir(), 'assay-cluster-'));
    const host = { progress: silentProgress, signal, toolchain };
    cluster = await local.create({ name: 'network', nodes: 2, keep: false, logFolder }, host);
    kube = createKube(cluster.kubeconfig, cluster.failed);
    const objects = (await readManifest(join(packageRoot, 'test/clusters/local/network.yaml'))).map(inDefault);
    await kube.apply([...objects, ...objects.filter(({ kind }) => kind === 'Pod').map(onSecondNode)]);
    for (const name of ['one', 'two']) addresses[name] = await readyAddress(name);
    for (const node of cluster.nodes) for (const port of [30001, 30002]) await rulesWritten(`${node.address}:${port}`);
    await rulesWritten('172.18.1.5');
  });
  after(async () => {
    await cluster?.[Symbol.asyncDispose]();
    expect(cluster?.failed.aborted, 'failed, though it was only disposed of').to.equal(false);
    rmSync(logFolder, { recursive: true });
  });

  async function readyAddress(name: string): Promise<string> {
    const isReady = (pods: readonly KubernetesObject[]) => {
      const status = pods[0]?.status as PodStatus | undefined;
      return status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')
        ? status.podIP
        : undefined;
    };
    return kube.waitFor({ apiVersion: 'v1', kind: 'Pod' }, { namespace: 'default', name }, isReady, `pod ${name}`);
  }

  /** A NodePort is refused until kube-proxy has written its rules; what they do is for the tests to see. */
  async function rulesWritten(address: string): Promise<void> {
    while (/REFUSED|UNREACH/.test(await get(external, address)));
  }

  async function output(place: Place, argv: readonly string[]): Promise<string> {
    await using started = await cluster.start(place, argv);
    const [said, problem] = await Promise.all([text(started.stdout), text(started.stderr), started.exited]);
    return said + problem;
  }
  const processesInside = () => output(external, ['sh', '-c', 'cat /proc/[0-9]*/cmdline | tr "\\0" " "']);
  const get = (place: Place, address: string) => output(place, ['node', '-e', getScript, `http://${address}/`]);

  it('says what it is and what it can do', () => {
    expect(cluster.nodes.map(({ name }) => name)).to.deep.equal(['node1', 'node2']);
    expect(cluster.capabilities).to.have.members(['externalIPs', 'ownCluster', 'multiNode', 'clientAddress']);
    expect(local.offers).to.include.keys(cluster.capabilities);
    expect(cluster.versions).to.include.keys('kubernetes', 'etcd', 'coredns', 'nftables');
    expect(cluster.versions.kubernetes).to.match(/^v1\.\d+\.\d+$/);
  });

  describe('the client outside', () => {
    it('reaches a NodePort on every node, hidden behind an address of that node', async () => {
      expect(await get(external, '172.18.0.2:30001')).to.equal('one 10.244.1.1');
      expect(await get(external, '172.18.0.3:30001')).to.equal('one 172.18.0.3');
    });

    it('keeps its address with externalTrafficPolicy Local, and reaches only nodes with a back-end', async () => {
      expect(await get(external, '172.18.0.2:30002')).to.equal('one 172.18.0.100');
      expect(await get(external, '172.18.0.3:30002')).to.equal('TIMEOUT');
    });

    it('reaches an address that a Service claims, and no other', async () => {
      expect(await get(external, '172.18.1.5')).to.match(/^one /);
      expect(await get(external, '172.18.1.6')).to.equal('EHOSTUNREACH');
    });

    it('has no way to pods or Services', async () => {
      expect(await get(external, `${addresses.one}:8080`)).to.equal('ENETUNREACH');
      expect(await get(external, '10.96.0.1:443')).to.equal('ENETUNREACH');
    });
  });

  describe('a pod', () => {
    it('reaches pods of both nodes under its own address', async () => {
      expect(await get(pod('one'), `${addresses.two}:8080`)).to.equal(`two ${addresses.one}`);
      expect(await get(pod('two'), `${addresses.one}:8080`)).to.equal(`one ${addresses.two}`);
    });

    it('reaches a Service by name, its own back-ends included', async () => {
      const answers = new Set<string>();
      while (answers.size < 2) answers.add((await get(pod('one'), 'both')).split(' ')[0] ?? '');
      expect([...answers].sort()).to.deep.equal(['one', 'two']);
      expect(await get(pod('one'), 'one.default.svc.cluster.local')).to.match(/^one /);
    });

    it('reaches NodePorts and claimed addresses', async () => {
      expect(await get(pod('two'), '172.18.0.2:30001')).to.match(/^one /);
      expect(await get(pod('two'), '172.18.1.5')).to.match(/^one /);
    });

    it('is refused by a Service without endpoints every time, and has to ask no connection twice', async () => {
      // The kernel as it comes rate-limits the refusals: from the seventh on a connection waits a second and sends its SYN again.
      const said = await output(pod('one'), ['node', '-e', refusalsScript, 'nobody.default.svc.cluster.local']);
      expect(JSON.parse(said)).to.deep.equal({ refused: 20, sentAgain: 0 });
    });

    it('is told at once that a name does not exist', async () => {
      expect(await get(pod('one'), 'no-such-service')).to.equal('ENOTFOUND');
      expect(await get(pod('one'), 'website.example')).to.equal('ENOTFOUND');
    });

    it('runs programs of ours in its own container, and one that is not there is named', async () => {
      expect(await output(pod('two'), ['node', '-p', 'require("os").hostname()'])).to.equal('two\n');
      const lost = await cluster.start(pod('lost'), ['node']).catch((error: Error) => error.message);
      expect(lost).to.match(/nothing can be started in pod default\/lost/);
    });
  });

  it('goes on without a node that is stopped, which comes back as it was', async () => {
    const reach = async (node: string) => (await get(external, `${node}:30001`)).split(' ')[0];
    {
      await using _stopped = await cluster.stopNode?.('node2');
      expect(await reach('172.18.0.3')).to.equal('TIMEOUT');
      expect(await get(pod('one'), `${addresses.two}:8080`)).to.equal('TIMEOUT');
      expect(await reach('172.18.0.2')).to.equal('one');
      expect(cluster.failed.aborted).to.equal(false);
    }
    expect(await reach('172.18.0.3')).to.equal('one');
    expect(await get(pod('one'), `${addresses.two}:8080`)).to.equal(`two ${addresses.one}`);
  });

  it('ends a placed program when it is disposed of, however early', async () => {
    for (const place of [external, pod('one')])
      for (let index = 0; index < 5; index += 1) {
        const started = await cluster.start(place, ['sleep', '7654321']);
        await started[Symbol.asyncDispose]();
        expect((await started.exited).signal).to.equal('SIGKILL');
      }
    expect(await processesInside())
      .to.contain('kubelet')
      .and.not.contain('sleep 7654321');
  });

  describe('its API', () => {
    const ask = (options: RequestOptions): Promise<number | string> =>
      new Promise((resolve) => {
        const server = new URL(config().server);
        const outgoing = request({ host: server.hostname, port: server.port, ...options, agent: false }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        outgoing.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
        outgoing.end();
      });
    const config = () => {
      const loaded = new KubeConfig();
      loaded.loadFromString(cluster.kubeconfig);
      const decode = (base64: string | undefined) => Buffer.from(base64 ?? '', 'base64').toString();
      const { server = '', caData } = loaded.getCurrentCluster() ?? {};
      const { certData, keyData } = loaded.getCurrentUser() ?? {};
      return { server, ca: decode(caData), cert: decode(certData), key: decode(keyData) };
    };

    it('is verified: by its own authority it is what it says, by another it is refused', async () => {
      const { ca, cert, key } = config();
      expect(await ask({ path: '/api/v1/nodes', ca, cert, key })).to.equal(200);
      const other = await createAuthority('another');
      expect(await ask({ path: '/api/v1/nodes', ca: other.certificate, cert, key })).to.match(/CERT|VERIFY/);
    });

    it('lets nobody in without a certificate of its authority', async () => {
      const { ca } = config();
      expect(await ask({ path: '/api/v1/nodes', ca })).to.equal(403);
      const { certificate, key } = await (await createAuthority('another')).issue({
        name: 'a',
        group: 'system:masters',
      });
      expect(await ask({ path: '/api/v1/nodes', ca, cert: certificate, key })).to.equal(401);
    });

    it('gives an ordinary ServiceAccount no rights', async () => {
      const script = `require('https').get('https://kubernetes.default/api/v1/nodes', {
        ca: require('fs').readFileSync('/var/run/secrets/kubernetes.io/serviceaccount/ca.crt'),
        headers: { authorization: 'Bearer ' + require('fs').readFileSync('/var/run/secrets/kubernetes.io/serviceaccount/token') },
      }, (response) => response.destroy() && console.log(response.statusCode));`;
      expect(await output(pod('one'), ['node', '-e', script])).to.equal('403\n');
    });

    it('is refused by kubelets to anyone but the API server', async () => {
      const script = `require('https').get({ host: '172.18.0.2', port: 10250, path: '/pods', rejectUnauthorized: false },
        (response) => response.destroy() && console.log(response.statusCode));`;
      expect(await output(external, ['node', '-e', script])).to.equal('401\n');
    });
  });

  it('runs a pod that asks for more than there is, and tells as events what it goes without', async () => {
    const limited = {
      name: 'c',
      image: 'node',
      args: ['-e', 'setInterval(() => {}, 60_000)'],
      resources: { limits: { memory: '64Mi' } },
      securityContext: { runAsNonRoot: true },
    };
    const spec = { securityContext: { runAsUser: 1000, fsGroup: 1000 }, containers: [limited] };
    await kube.apply([inDefault({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'limited' }, spec })]);
    await readyAddress('limited');
    const told = (events: readonly KubernetesObject[]) => {
      const ours = events.filter(({ reason }) => reason === 'Unsupported').filter(isAbout('limited'));
      return ours.length < 4 ? undefined : ours.map(({ message }) => String(message).split(' ')[0]);
    };
    const features = await kube.waitFor({ apiVersion: 'v1', kind: 'Event' }, { namespace: 'default' }, told, 'events');
    expect(features).to.have.members(['runAsUser', 'fsGroup', 'runAsNonRoot', 'memory']);
  });

  it('collects the logs of its components and pods', async () => {
    const folder = `${logFolder}-collected`;
    const paths = await cluster.collectLogs(folder);
    for (const name of ['kube-apiserver.log', 'node2-kubelet.log', 'node1-kube-proxy.log'])
      expect(paths).to.include(join(folder, name));
    rmSync(folder, { recursive: true });
    expect(paths.some((path) => /pods\/node\d\/kube-system_coredns/.test(path))).to.equal(true);
  });
});

const isAbout = (name: string) => (event: KubernetesObject) => (event.involvedObject as { name: string }).name === name;

interface PodStatus {
  readonly podIP?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

const inDefault = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, namespace: 'default' },
});

const onSecondNode = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { name: 'two', namespace: 'default', labels: { app: 'peer', pod: 'two' } },
  spec: { ...(object.spec as object), nodeName: 'node2' },
});

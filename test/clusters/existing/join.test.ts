import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import existing from '../../../clusters/existing/index.ts';
import type { ClusterHost, ProviderFlags } from '../../../src/model/cluster.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { errorOf } from '../../src/error-of.ts';
import { type ApiServer, apiServer } from '../../src/kube/api-server.ts';

const { signal } = new AbortController();
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};
const joined = (flags: ProviderFlags) =>
  existing.create({ name: '', nodes: 0, keep: false, logFolder: '', flags }, host);

describe('an existing cluster', function () {
  this.timeout(0); // the first run may have to build the API server
  const { KUBECONFIG, HOME } = process.env;
  let api: ApiServer;
  let folder: string;

  const write = async (name: string, content: unknown): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  /** The API server's kubeconfig with a second context, that of somebody's production. */
  const config = () => {
    const one = JSON.parse(api.kubeconfig);
    one.contexts.push({ name: 'production', context: { cluster: 'test', user: 'test' } });
    return one;
  };

  before(async () => {
    api = await apiServer();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-existing-'));
    process.env.HOME = folder;
    delete process.env.KUBECONFIG;
  });
  afterEach(async () => {
    if (KUBECONFIG === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = KUBECONFIG;
    process.env.HOME = HOME ?? '';
    await rm(folder, { recursive: true });
  });

  it('is never one that was not named, though the kubeconfig has a current context', async () => {
    const error = await errorOf(joined({ kubeconfig: await write('config', config()) }));
    expect(error).to.include({ code: 'context-missing', exitCode: exitCodes.usage });
    expect(error.message).to.contain('test, production');
  });

  it('has to be one of the contexts there are', async () => {
    const error = await errorOf(joined({ kubeconfig: await write('config', config()), context: 'prodution' }));
    expect(error).to.include({ code: 'unknown-context', exitCode: exitCodes.usage });
    expect(error.message).to.contain('"prodution"').and.contain('test, production');
  });

  it('is told of by a kubeconfig: one that was named and is not there is bad usage, none at all is the environment', async () => {
    const named = await errorOf(joined({ kubeconfig: join(folder, 'nowhere'), context: 'test' }));
    expect(named).to.include({ code: 'kubeconfig-missing', exitCode: exitCodes.usage });
    const none = await errorOf(joined({ context: 'test' }));
    expect(none).to.include({ code: 'kubeconfig-missing', exitCode: exitCodes.environment });
    expect(none.message).to.contain(join(folder, '.kube', 'config'));
  });

  for (const [what, content] of [
    ['does not parse', '{ clusters: ['],
    ['is something else', 'clusters: 7'],
  ] as const)
    it(`cannot be told of by a file that ${what}, which the error names`, async () => {
      const file = await write('config', content);
      const error = await errorOf(joined({ kubeconfig: file, context: 'test' }));
      expect(error).to.include({ code: 'kubeconfig-invalid', exitCode: exitCodes.environment });
      expect(error.message).to.contain(file);
    });

  it('that does not answer is named with its server', async () => {
    const text = api.kubeconfig.replace(api.server, 'https://127.0.0.1:1');
    const error = await errorOf(joined({ kubeconfig: await write('config', text), context: 'test' }));
    expect(error).to.include({ code: 'api-unreachable', exitCode: exitCodes.environment });
    expect(error.message).to.contain('https://127.0.0.1:1');
  });

  it('that takes the credentials no longer says so, and to log in again', async () => {
    const text = api.kubeconfig.replace('a-token', 'an-old-token');
    const error = await errorOf(joined({ kubeconfig: await write('config', text), context: 'test' }));
    expect(error).to.include({ code: 'credentials-refused', exitCode: exitCodes.environment });
    expect(error.next).to.contain('log in again');
  });

  it('is read of as kubectl reads: the files of KUBECONFIG, the first of a name, files named relative to the kubeconfig', async () => {
    const own = config();
    const ca = own.clusters[0].cluster['certificate-authority-data'];
    delete own.clusters[0].cluster['certificate-authority-data'];
    own.clusters[0].cluster['certificate-authority'] = 'ca.crt';
    await write('ca.crt', Buffer.from(ca, 'base64').toString());
    const other = JSON.parse(api.kubeconfig.replace(api.server, 'https://127.0.0.1:1'));
    process.env.KUBECONFIG = [join(folder, 'nowhere'), await write('first', own), await write('second', other)].join(
      delimiter,
    );
    await using cluster = await joined({ context: 'production' });
    expect(cluster).to.include({ provider: 'existing', name: 'production' });
    expect(cluster.versions.kubernetes).to.match(/^v1\./);
    expect(JSON.parse(cluster.kubeconfig).contexts).to.have.lengthOf(1);
  });

  it('has the nodes that are Ready and answer from here, at external addresses before internal ones', async () => {
    const node = { apiVersion: 'v1', kind: 'Node' };
    const ready = (status: string, addresses: Readonly<Record<string, string>>) => ({
      conditions: [{ type: 'Ready', status, lastHeartbeatTime: null, lastTransitionTime: null }],
      addresses: Object.entries(addresses).map(([type, address]) => ({ type, address })),
    });
    const nodes = {
      a: ready('True', { InternalIP: '127.0.0.2', ExternalIP: '127.0.0.3' }),
      b: ready('True', { InternalIP: '127.0.0.4' }),
      c: ready('False', { InternalIP: '127.0.0.5' }),
    };
    await api.kube.apply(Object.keys(nodes).map((name) => ({ ...node, metadata: { name } })));
    try {
      await api.kube.patch(
        Object.entries(nodes).map(([name, status]) => ({
          object: { ...node, name },
          subresource: 'status' as const,
          patch: { status },
        })),
      );
      await using cluster = await joined({ kubeconfig: await write('config', config()), context: 'test' });
      expect(cluster.nodes).to.deep.equal([
        { name: 'a', address: '127.0.0.3' },
        { name: 'b', address: '127.0.0.4' },
      ]);
      expect(cluster.capabilities).to.deep.equal(['multiNode']);
      expect(existing.offers).to.include.keys(cluster.capabilities);
    } finally {
      await api.kube.remove(Object.keys(nodes).map((name) => ({ ...node, name })));
    }
  });

  it('is seen from outside by a process of this machine', async () => {
    await using cluster = await joined({ kubeconfig: await write('config', config()), context: 'test' });
    await using program = await cluster.start({ kind: 'external' }, ['node', '-e', 'console.log("here")']);
    expect(await text(program.stdout)).to.equal('here\n');
    expect(await program.exited).to.deep.equal({ code: 0, signal: null });
  });

  it('that has no such pod says so by the program that is to run there', async () => {
    await using cluster = await joined({ kubeconfig: await write('config', config()), context: 'test' });
    await using program = await cluster.start({ kind: 'pod', namespace: 'nowhere', name: 'net-test' }, ['node']);
    expect(await text(program.stderr)).to.contain('not found');
  });
});

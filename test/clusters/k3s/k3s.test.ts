import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { available } from '../../../clusters/k3s/available.ts';
import { imageOf } from '../../../clusters/k3s/image.ts';
import k3s from '../../../clusters/k3s/index.ts';
import type { ClusterHost, ClusterOptions } from '../../../src/model/cluster.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { errorOf } from '../../src/error-of.ts';
import { fakeEngine } from './engine.ts';

const { signal } = new AbortController();
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};

// No image of k3s can be had where these tests run: they end where one would be needed.
describe('a k3s cluster', function () {
  this.timeout(0); // the first run may have to build kubectl
  const { PATH } = process.env;
  let folder: string;
  /** Puts a `docker` that says and does this before all others. */
  const dockerThat = async (script: string): Promise<NodeJS.ProcessEnv> => {
    const file = join(folder, 'docker');
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return { ...process.env, PATH: [folder, PATH].join(delimiter) };
  };
  const made = (options: Partial<ClusterOptions>) =>
    k3s.create({ name: 'test', nodes: 1, keep: false, logFolder: folder, ...options }, host);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-k3s-'));
  });
  afterEach(async () => {
    process.env.PATH = PATH;
    await rm(folder, { recursive: true });
  });

  it('can be made where a Docker engine answers', async () => {
    expect(await available(await dockerThat('echo 28.0.1'))).to.deep.equal({ kind: 'available' });
  });

  it('cannot be made where there is no docker, no engine, or one that does not answer, and says which', async () => {
    await symlink('/bin/sh', join(folder, 'sh'));
    expect(await available({ PATH: folder })).to.include({ reason: 'there is no docker on PATH' });
    const down = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';
    expect(await available(await dockerThat(`echo '${down}' >&2; exit 1`))).to.include({ reason: down });
    const silent = await available(await dockerThat('sleep 60'));
    expect(silent)
      .to.have.property('reason')
      .that.matches(/^docker does not answer within \d+ ms$/);
  });

  it('has the image of its version of Kubernetes, or the one that is named', async () => {
    expect(imageOf('v1.36.2', undefined)).to.equal('rancher/k3s:v1.36.2-k3s1');
    expect(imageOf('v1.36.2', 'mirror.example/k3s:v1')).to.equal('mirror.example/k3s:v1');
    const error = await errorOf(made({ kubernetes: 'v1.36' }));
    expect(error).to.include({ code: 'kubernetes-version', exitCode: exitCodes.usage });
    expect(error.next).to.contain('--k3s-image');
  });

  it('whose image cannot be had names it, with the command to get it', async () => {
    const missing = 'Error response from daemon: manifest for rancher/k3s:v1.36.2-k3s1 not found';
    const env = await dockerThat(`[ "$1" = image ] && exit 1; echo '${missing}' >&2; exit 1`);
    process.env.PATH = env.PATH;
    const error = await errorOf(made({ kubernetes: 'v1.36.2' }));
    expect(error).to.include({ code: 'image-missing', exitCode: exitCodes.environment });
    expect(error.message).to.contain('rancher/k3s:v1.36.2-k3s1').and.contain('not found');
    expect(error.next).to.contain('docker pull rancher/k3s:v1.36.2-k3s1');
  });

  it('has one node and is not kept', async () => {
    expect(await errorOf(made({ nodes: 2 }))).to.include({ code: 'cluster-nodes', exitCode: exitCodes.usage });
    const error = await errorOf(made({ keep: true }));
    expect(error).to.include({ code: 'cluster-not-kept', exitCode: exitCodes.usage });
  });

  /** What comes of starting the containers, in a process of its own: testcontainers asks but once which engine there is. */
  const started = async (address: string, logFile: string) => {
    const module = new URL('../../../clusters/k3s/containers.js', import.meta.url);
    const script = `const { startContainers } = await import(${JSON.stringify(module)});
      const { code, message, next } = await startContainers('node-1', 'k3s:test', ${JSON.stringify(logFile)}, new AbortController().signal)
        .catch((error) => error);
      console.log(JSON.stringify({ code, message, next }));`;
    const env = { ...process.env, DOCKER_HOST: address, HOME: folder, TESTCONTAINERS_RYUK_DISABLED: 'true' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
    return JSON.parse(stdout);
  };

  for (const ends of ['later', 'at once'] as const) {
    it(`whose node ends ${ends} says what that said last, keeps it, and leaves nothing behind`, async () => {
      const line = 'level=fatal msg="kubelet exited"';
      await using engine = await fakeEngine(line, ends);
      const logFile = join(folder, 'node-1.log');
      const error = await started(engine.address, logFile);
      expect(error).to.include({ code: 'k3s-not-started', next: `see ${logFile}` });
      expect(error.message).to.match(/^k3s does not start: .*\nlevel=fatal msg="kubelet exited"$/);
      expect(await readFile(logFile, 'utf8')).to.equal(`${line}\n`);
      expect([...engine.containers, ...engine.networks]).to.deep.equal([]);
    });
  }

  it('has a certificate for where its API is asked for, and nothing in the way of the controller under test', async () => {
    await using engine = await fakeEngine('', 'later');
    await started(engine.address, join(folder, 'node-1.log'));
    const disabled = ['--disable=traefik', '--disable=servicelb', '--disable=metrics-server'];
    expect(engine.commands).to.deep.equal([['server', '--node-name=node-1', '--tls-san=127.0.0.1', ...disabled]]);
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { after } from 'mocha';
import { createKube } from '../../../src/kube/create-kube.ts';
import type { Kube } from '../../../src/kube/kube.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { runLeashed } from '../../../src/toolchain/leash.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';

/** A real API server with its store, and nothing else of a cluster: what controllers and kubelets write, the test writes. */
export interface ApiServer {
  readonly server: string;
  readonly kubeconfig: string;
  readonly kube: Kube;
}

const stop = new AbortController();
let running: Promise<ApiServer> | undefined;
const ends: Promise<unknown>[] = [];
let folder: string | undefined;

/** The one API server of the test run, started when first asked for and ended with the run. */
export function apiServer(): Promise<ApiServer> {
  running ??= start();
  return running;
}

after(async () => {
  stop.abort(new Error('the tests are over'));
  await Promise.allSettled(ends);
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function start(): Promise<ApiServer> {
  const programs = await createToolchain({ progress: silentProgress, signal: stop.signal }).ensure([
    'etcd',
    'kube-apiserver',
  ]);
  folder = await mkdtemp(join(tmpdir(), 'assay-api-'));
  const at = (name: string) => join(folder ?? '', name);
  const [client, peer, port] = [await freePort(), await freePort(), await freePort()];
  const token = 'a-token-for-tests';
  await writeFile(at('tokens.csv'), `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(at('sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });

  const run = (name: string, args: readonly string[]) => {
    const installed = programs.get(name);
    if (!installed) throw new Error(`no ${name}`);
    ends.push(
      runLeashed([installed.path, ...args], {
        signal: stop.signal,
        env: { ...process.env, ...installed.env },
        logFile: at(`${name}.log`),
      }),
    );
  };
  const etcd = `http://127.0.0.1:${client}`;
  const peerUrl = `http://127.0.0.1:${peer}`;
  run('etcd', [
    `--data-dir=${at('etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
  ]);
  run('kube-apiserver', [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${at('pki')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${at('sa.key')}`,
    `--service-account-signing-key-file=${at('sa.key')}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    `--token-auth-file=${at('tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--disable-admission-plugins=ServiceAccount',
  ]);

  const server = `https://127.0.0.1:${port}`;
  await Promise.race([
    ready(server, token),
    ...ends.map(async (end) => {
      throw new Error(`the API server did not start: ${JSON.stringify(await end)}`);
    }),
  ]);
  const ca = await readFile(at('pki/apiserver.crt'), 'base64');
  const kubeconfig = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority-data': ca } }],
    users: [{ name: 'test', user: { token } }],
  });
  return { server, kubeconfig, kube: createKube(kubeconfig, stop.signal) };
}

/** Asks until the server says that it is ready. */
async function ready(server: string, token: string): Promise<void> {
  const options = { headers: { authorization: `Bearer ${token}` }, rejectUnauthorized: false };
  const isReady = () =>
    new Promise<boolean>((resolve) => {
      get(`${server}/readyz`, options, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      }).on('error', () => resolve(false));
    });
  while (!(await isReady())) await pause(100);
}

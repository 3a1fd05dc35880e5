import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import grpc from '@grpc/grpc-js';
import { protocol } from '../../../../clusters/local/cri/server.ts';
import { compiledModule } from '../../../../src/paths.ts';

// biome-ignore lint/suspicious/noExplicitAny: the shape of each message is runtime.proto's
type Message = any;

/** A runtime in namespaces of its own, spoken to over its socket as the kubelet does. */
export interface Bench extends AsyncDisposable {
  readonly folder: string;
  /** What the runtime's owner was told. */
  readonly notes: readonly string[];
  runtime(method: string, request?: object): Promise<Message>;
  image(method: string, request?: object): Promise<Message>;
  /** Runs a program in the node's namespaces. */
  inside(...argv: string[]): Promise<string>;
  /** Ends the runtime in good order. */
  stop(): Promise<void>;
}

/** Starts a runtime the way the local cluster does: unprivileged, in user, network, mount and PID namespaces. */
export async function startBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-cri-'));
  const server: ChildProcess = spawn(
    'unshare',
    [
      ...['--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'],
      ...[process.execPath, compiledModule('test/clusters/local/cri/serve.ts'), folder],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: server.stdout as NodeJS.ReadableStream });
  const notes: string[] = [];
  lines.on('line', (line) => notes.push(line));
  await Promise.race([
    once(lines, 'line'),
    once(server, 'exit').then(() => Promise.reject(new Error('the runtime ended'))),
  ]);
  const children = await readFile(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8');
  const pid = children.trim();
  const { RuntimeService, ImageService } = protocol().runtime.v1;
  const address = `unix:${folder}/cri.sock`;
  const clients = [RuntimeService, ImageService].map(
    (Service) => new Service(address, grpc.credentials.createInsecure()),
  );
  const call =
    (client: Message) =>
    (method: string, request: object = {}): Promise<Message> =>
      promisify(client[method].bind(client))(request);
  return {
    folder,
    notes,
    runtime: call(clients[0]),
    image: call(clients[1]),
    async inside(...argv) {
      const enter = ['--target', pid, '--user', '--preserve-credentials', '--net', '--mount', '--pid', '--'];
      const { stdout } = await promisify(execFile)('nsenter', [...enter, ...argv]);
      return stdout;
    },
    async stop() {
      const exited = once(server, 'exit');
      server.stdin?.end();
      await exited;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.close();
      if (server.exitCode === null && server.signalCode === null) {
        const exited = once(server, 'exit');
        server.kill('SIGKILL');
        await exited;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

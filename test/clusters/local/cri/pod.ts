import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Bench } from './bench.ts';

// biome-ignore lint/suspicious/noExplicitAny: the shape of each message is runtime.proto's
type Message = any;
let count = 0;

/** The sandbox configuration the kubelet would send for a small pod. */
export function sandboxConfig(bench: Bench, more: object = {}): Message {
  count += 1;
  const name = `pod-${count}`;
  return {
    metadata: { name, uid: `uid-${count}`, namespace: 'default', attempt: 0 },
    hostname: name,
    log_directory: `${bench.folder}/logs/${name}`,
    dns_config: { servers: ['10.96.0.10'], searches: ['default.svc.cluster.local'], options: ['ndots:5'] },
    labels: { pod: name },
    linux: { security_context: { namespace_options: { network: 'POD', pid: 'CONTAINER', ipc: 'POD' } } },
    ...more,
  };
}

/** A started container and how to look at it. */
export interface Started {
  readonly id: string;
  readonly sandboxId: string;
  status(): Promise<Message>;
  /** Returns the status once the container has ended. */
  ended(): Promise<Message>;
  /** The log's texts, whole lines. */
  log(): Promise<string>;
}

/** Runs `node -e program` (or what `more` says) in a pod of its own or in the one given. */
export async function start(bench: Bench, program: string, more: Message = {}, sandboxId?: string): Promise<Started> {
  const { sandbox = {}, ...container } = more;
  const config = sandboxConfig(bench, sandbox);
  const pod = sandboxId ?? (await bench.runtime('RunPodSandbox', { config })).pod_sandbox_id;
  const { container_id: id } = await bench.runtime('CreateContainer', {
    pod_sandbox_id: pod,
    config: {
      metadata: { name: 'main', attempt: 0 },
      image: { image: 'node' },
      args: ['-e', program],
      log_path: `main/${count}.log`,
      ...container,
    },
  });
  await bench.runtime('StartContainer', { container_id: id });
  const status = async (): Promise<Message> =>
    (await bench.runtime('ContainerStatus', { container_id: id, verbose: true })).status;
  return {
    id,
    sandboxId: pod,
    status,
    async ended() {
      for (;;) {
        const seen = await status();
        if (seen.state === 'CONTAINER_EXITED') return seen;
        await setTimeout(10);
      }
    },
    async log() {
      const text = await readFile((await status()).log_path, 'utf8');
      return text.replace(/^\S+ (stdout|stderr) [PF] /gm, '');
    },
  };
}

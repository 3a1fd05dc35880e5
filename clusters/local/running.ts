import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { ClusterHost } from '../../src/model/cluster.ts';
import { environmentError, messageOf } from '../../src/model/errors.ts';
import { smallHeap } from '../../src/model/small-heap.ts';
import { timeouts } from '../../src/model/timeouts.ts';
import { compiledModule } from '../../src/paths.ts';
import { bringImage } from './images.ts';
import { errorOf, type FromSupervisor, type ToSupervisor } from './messages.ts';
import { inNamespaces } from './namespaces.ts';
import type { Plan } from './plan.ts';

/** A cluster's processes, run by this process and ending with it. */
export interface Running extends AsyncDisposable {
  readonly kubeconfig: string;
  readonly apiPort: number;
  /** The process whose namespaces are the cluster's: see `enter`. */
  readonly pid: number;
  /** Aborted with an AssayError when a component, and so the cluster, ended by itself. */
  readonly failed: AbortSignal;
}

/** Process 1 of the namespace has to reap what others leave behind; a waiting shell does, Node.js does not. */
const reaper = ['sh', '-c', '"$@" & wait "$!"', 'sh'];

const answerTo = (child: ChildProcess, answer: ToSupervisor): void => {
  if (child.connected) child.send(answer);
};

/** Starts all of a cluster and returns once its components answer. What was started is ended again when that fails. */
export async function startRunning(plan: Plan, { toolchain, progress, signal }: ClusterHost): Promise<Running> {
  await mkdir(plan.logFolder, { recursive: true });
  // Made here, in the machine's own network namespace, and handed inside: that is the door to the API.
  const listener = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  await once(listener, 'listening').catch((cause: unknown) => {
    throw environmentError('no-port', `no port of this machine’s loopback can be had: ${messageOf(cause)}`, {
      next: 'ss -ltn shows who has them, cat /proc/sys/net/ipv4/ip_local_port_range how many there are',
      cause,
    });
  });
  const apiPort = (listener.address() as AddressInfo).port;

  const log = join(plan.logFolder, 'supervisor.log');
  const output = openSync(log, 'a');
  const supervisor = [process.execPath, smallHeap, compiledModule('clusters/local/inside/supervisor.ts')];
  const [command = '', ...args] = inNamespaces([...reaper, ...supervisor]);
  // A session of its own: Ctrl-C in a terminal is ours to answer, not the cluster's.
  const child = spawn(command, args, { detached: true, stdio: ['ignore', output, output, 'ipc'] });
  closeSync(output);
  const ended = once(child, 'exit');
  const failed = new AbortController();
  let stopping = false;
  const stop = async () => {
    stopping = true;
    if (child.connected) child.disconnect();
    const force = setTimeout(() => child.kill('SIGKILL'), timeouts.processStopMs);
    await ended.catch(() => {});
    clearTimeout(force);
  };

  ended.then(
    ([code, by]) => {
      if (stopping) return;
      const how = by ?? `exit code ${code}`;
      const next = 'read its log; then start a new cluster';
      failed.abort(environmentError('cluster-ended', `the cluster ended by itself (${how})`, { next, log }));
    },
    (error) =>
      failed.abort(
        environmentError('cluster-not-started', `unshare did not start: ${error.message}`, { cause: error }),
      ),
  );

  try {
    const kubeconfig = await progress.step('start Kubernetes', (report) => {
      child.on('message', (message: FromSupervisor) => {
        if (message.kind === 'listening') {
          const start: ToSupervisor = { kind: 'start', plan, apiPort };
          child.send(start, listener, () => listener.close());
        } else if (message.kind === 'progress') report(message.detail);
        else if (message.kind === 'failed') failed.abort(errorOf(message.failure));
        else if (message.kind === 'image')
          bringImage(toolchain, plan.images, message.image).then((answer) => answerTo(child, answer));
      });
      return new Promise<string>((resolve, reject) => {
        child.on('message', (message: FromSupervisor) => {
          if (message.kind === 'ready') resolve(message.kubeconfig);
        });
        const gaveUp = AbortSignal.any([signal, failed.signal]);
        const giveUp = () => reject(gaveUp.reason);
        if (gaveUp.aborted) giveUp();
        gaveUp.addEventListener('abort', giveUp, { once: true });
      });
    });
    return { kubeconfig, apiPort, pid: child.pid ?? 0, failed: failed.signal, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    listener.close();
    throw error;
  }
}

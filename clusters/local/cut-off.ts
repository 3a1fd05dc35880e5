import { text } from 'node:stream/consumers';
import { environmentError } from '../../src/model/errors.ts';
import type { ClusterFacts } from './cluster.ts';
import { announced, enter, startPlaced } from './enter.ts';

/**
 * Takes a node off the network: the fabric drops, without a word, all that comes from it and all that is for it or its pods. It is
 * back once it is disposed, or this process has ended.
 */
export async function cutOff({ nodes, pid }: ClusterFacts, name: string): Promise<AsyncDisposable> {
  const index = nodes.findIndex((node) => node.name === name);
  const node = nodes[index];
  if (node === undefined) throw environmentError('no-such-node', `there is no node ${name}`);
  const preference = `pref ${100 + index}`;
  const back = `while ip rule del ${preference} 2>/dev/null; do :; done`;
  const script = `
    trap '' PIPE
    trap '${back}' EXIT
    for what in 'iif ${name}' 'to ${node.address}' 'to ${node.podCidr}'; do ip rule add ${preference} $what blackhole; done
    echo off
    cat >/dev/null`;
  // Not to be killed with us: that our end of the pipe closes tells it to put back the network of a cluster that stays.
  const command = ['setpriv', '--pdeathsig', 'clear', 'sh', '-euc', script];
  const off = await startPlaced(enter(pid, announced(command)));
  const said = text(off.stderr);
  const stopped = await new Promise<boolean>((resolve) => {
    off.stdout.once('data', () => resolve(true));
    off.stdout.once('end', () => resolve(false));
  });
  if (!stopped) {
    await off.exited;
    throw environmentError('node-not-stopped', `${name} cannot be taken off the network: ${await said}`);
  }
  return {
    async [Symbol.asyncDispose]() {
      off.stdin.end();
      await off.exited;
    },
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { defineCheck } from '../../src/kit/check.ts';
import { type Client, createClient, podOf } from '../../src/kit/client.ts';
import { curlOf } from '../../src/kit/curl.ts';
import { type Attempt, eventually } from '../../src/kit/eventually.ts';
import { CheckFailed } from '../../src/kit/failure.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import type { ProbeRecord } from '../../src/model/probe.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const service = 'backend-svc-1';
const deployment = 'deploy-test-1';
const requests = 50;
/** With two pods and fair choice, all of so many clients land on one pod once in 32,768 runs. */
const clients = 16;

/** Between two new clients, where many are only watched: another check may need the processor. */
const restMs = 20;
/** So long without a client that moved, and affinity is taken to be on in all of the controller's processes. */
const settledMs = 3_000;

/** Sends until a pod other than `pod` answers, every answer being good; returns that pod. */
const nextPod = (client: Client, pod: string) =>
  eventually(`the client to leave ${pod}`, async (): Promise<Attempt<string>> => {
    const now = await goodPod(client);
    return now === pod ? { seen: pod } : { done: now };
  });

const isTimeout = ({ outcome }: ProbeRecord): boolean => outcome.kind === 'failed' && outcome.cause === 'timeout';

/**
 * The pod that served the client's next request; anything but a signed 200 refutes the claim. A request that timed out says nothing of
 * pods, and on a busy machine nothing of the controller: the client sends it again, as in every table, and only time-outs that do not end
 * refute.
 */
const goodPod = (client: Client): Promise<string> => {
  const expected = `a 200 from a pod of ${deployment}`;
  return eventually(expected, async (): Promise<Attempt<string>> => {
    const record = await client.send();
    const { outcome } = record;
    const pod = podOf(record);
    if (pod !== undefined && outcome.kind === 'answered' && outcome.status === 200) return { done: pod };
    const actual = outcome.kind === 'answered' ? `status ${outcome.status}` : outcome.message;
    if (isTimeout(record)) return { seen: actual, probe: record };
    throw new CheckFailed({ expected, actual, curl: curlOf(record), probe: record });
  });
};

/** Sends `count` requests, all of which have to reach `pod`. */
async function expectSticky(client: Client, pod: string, count: number): Promise<void> {
  for (let sent = 1; sent <= count; sent++) {
    const now = await goodPod(client);
    if (now !== pod)
      throw new CheckFailed({
        expected: `${count} requests to reach ${pod}`,
        actual: `request ${sent} reached ${now}`,
      });
  }
}

/** The pods that the client's next `count` requests reach; fewer requests where it has been to two. */
async function podsOf(client: Client, count: number): Promise<ReadonlySet<string>> {
  const pods = new Set<string>();
  for (let sent = 0; sent < count && pods.size < 2; sent++) pods.add(await goodPod(client));
  return pods;
}

/**
 * Sends on until every new client has stayed on its pod for a while, and judges nothing: of a controller's processes each may hear of affinity
 * at a time of its own, and the one that takes most connections need not be the last. A fault that stays is left to what comes after.
 */
async function settled(newClient: () => Client): Promise<void> {
  const giveUpMs = performance.now() + timeouts.convergeMs;
  let wrongMs = performance.now();
  while (performance.now() - wrongMs < settledMs && performance.now() < giveUpMs) {
    const pods = await podsOf(newClient(), 10);
    if (pods.size > 1) wrongMs = performance.now();
    await pause(restMs);
  }
}

export default defineCheck({
  id: 'tutorial/session-affinity',
  title: 'affinity on: a client stays on its pod, clients are spread, a lost pod is replaced once; off again',
  level: 'convention',
  requirement: tutorial(
    'If we access website8080.com repeatedly from the same host we should see the load is sent to the same pod.',
  ),
  features: ['affinity'],
  after: 'ingress',
  exclusive: 'backend-svc-1',
  async run(kit) {
    const { affinity } = kit.controller.definition;
    if (affinity === undefined) throw new Error('the feature affinity is needed');
    const target = { namespace: kit.namespace, ingress: 'nginx-ingress', service };
    const { place, address, port } = await kit.resolve('nodePort');
    let timedOut = 0;
    /** Requests of each client that was told to stay, by the pod that answered. */
    const byClient: Record<string, Record<string, number>> = {};
    const newClient = (name?: string): Client => {
      const answers: Record<string, number> = {};
      if (name !== undefined) byClient[name] = answers;
      const client = createClient(kit, place, { address, port, host: 'website8080.com' });
      return {
        async send() {
          const record = await client.send();
          if (isTimeout(record)) timedOut += 1;
          const pod = podOf(record) ?? 'nobody of ours';
          answers[pod] = (answers[pod] ?? 0) + 1;
          return record;
        },
      };
    };

    const expectSpread = (client: Client, when: string) => {
      const pods = new Set<string>();
      return eventually(`${when}, one client to reach two pods`, async (): Promise<Attempt<true>> => {
        pods.add(await goodPod(client));
        return pods.size > 1 ? { done: true } : { seen: [...pods].join(' ') };
      });
    };

    await kit.converge({ via: 'nodePort', host: 'website8080.com', servedBy: deployment });
    await expectSpread(newClient(), 'before affinity is on');
    await kit.change(affinity.on(target));
    try {
      const inForce = 'ten requests of a new client to reach one pod, three clients in a row';
      await eventually(inForce, async (): Promise<Attempt<true>> => {
        // Three: a controller that chooses at random and has not yet heard of affinity sends ten requests to one of two pods once in
        // 512 times, and is asked many times.
        for (let count = 0; count < 3; count++) {
          const pods = await podsOf(newClient(), 10);
          if (pods.size > 1) return { seen: [...pods].join(' ') };
        }
        return { done: true };
      });
      await settled(newClient);

      const first = newClient('the first, whose pod was deleted');
      const pod = await goodPod(first);
      await expectSticky(first, pod, requests - 1);

      const grid: Record<string, number> = {};
      const others: { readonly client: Client; pod: string }[] = [];
      for (let index = 0; index < clients; index++) {
        const client = newClient(`client ${index + 1}`);
        const its = await goodPod(client);
        await expectSticky(client, its, 4);
        grid[its] = (grid[its] ?? 0) + 1;
        others.push({ client, pod: its });
      }
      kit.record('clients by pod', grid);
      if (Object.keys(grid).length < 2) {
        throw new CheckFailed({ expected: `${clients} clients on two pods`, actual: `all on ${Object.keys(grid)[0]}` });
      }

      await kit.kube.remove([{ apiVersion: 'v1', kind: 'Pod', namespace: kit.namespace, name: pod }]);
      const heir = await nextPod(first, pod);
      await expectSticky(first, heir, requests);
      for (const other of others) if (other.pod === pod) other.pod = await nextPod(other.client, pod);
      // Another pod takes the lost one's place: a client that has moved once does not move again for it.
      await kit.kube.rollout(kit.namespace, [deployment]);
      await eventually('a new client to reach the pod that came instead', async (): Promise<Attempt<true>> => {
        const its = await goodPod(newClient());
        return its === pod || its === heir ? { seen: its } : { done: true };
      });
      // Which clients a pod that joins would draw may be chance, by which one alone would be spared: of so many, hardly all.
      for (const other of others) await expectSticky(other.client, other.pod, 4);
      await expectSticky(first, heir, requests);
      kit.record('after its pod was deleted', { from: pod, to: heir, requestsThere: 2 * requests });
    } finally {
      kit.record('requests by client and pod', byClient);
      kit.record('requests that timed out and were sent again', timedOut);
      await kit.change(affinity.off(target));
      await kit.kube.rollout(kit.namespace, [deployment]);
    }
    await expectSpread(newClient(), 'after affinity is off');
  },
});

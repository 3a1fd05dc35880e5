import { environmentError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { timeouts } from '../model/timeouts.ts';
import { explainPod, isReady, type PodTrouble, podTrouble } from './explain-pod.ts';
import type { Kube } from './kube.ts';

const deploymentKind = { apiVersion: 'apps/v1', kind: 'Deployment' };
const podKind = { apiVersion: 'v1', kind: 'Pod' };
const revisionOf = (object: KubernetesObject) => object.metadata.annotations?.['deployment.kubernetes.io/revision'];

type Watching = Pick<Kube, 'get' | 'list' | 'logs'> & {
  waitFor<T>(
    kind: typeof podKind,
    namespace: string,
    seen: (objects: readonly KubernetesObject[]) => T | undefined,
    signal: AbortSignal,
  ): Promise<T>;
};

/**
 * Waits until the Deployments' newest revisions are rolled out, or until a pod of theirs cannot start: that one is named with its
 * reason, image or exit code, last event and log. Old revisions' pods are not held against them.
 */
export async function rollout(
  kube: Watching,
  namespace: string,
  names: readonly string[],
  timeoutMs: number,
  stopped: AbortSignal,
): Promise<void> {
  for (const name of names) {
    if (!(await kube.get({ ...deploymentKind, namespace, name }))) {
      throw environmentError('object-missing', `there is no Deployment ${namespace}/${name} to roll out`, {
        next: `kubectl -n ${namespace} get deployments`,
      });
    }
  }
  const over = new AbortController();
  const late = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([stopped, late, over.signal]);
  const named = (all: readonly KubernetesObject[]) => all.filter(({ metadata }) => names.includes(metadata.name));
  try {
    const observed = await kube.waitFor(
      deploymentKind,
      namespace,
      (all) => (named(all).every(isObserved) ? named(all) : undefined),
      signal,
    );
    const hashes = await newestHashes(kube, namespace, observed);
    const ofNewest = (pod: KubernetesObject) => hashes.has(pod.metadata.labels?.['pod-template-hash'] ?? '');
    const stuck = stuckFinder();
    const outcome = await Promise.race([
      kube.waitFor(deploymentKind, namespace, (all) => deploymentsOutcome(named(all)), signal),
      kube.waitFor(podKind, namespace, (pods) => stuck(pods.filter(ofNewest)), signal),
    ]);
    if (outcome === 'done') return;
    if (outcome === 'overdue') throw await tooLate(kube, namespace, names, 'within progressDeadlineSeconds');
    if (typeof outcome === 'string') throw environmentError('rollout-failed', outcome);
    throw await cannotStart(kube, outcome);
  } catch (thrown) {
    if (!late.aborted || stopped.aborted) throw thrown;
    throw await tooLate(kube, namespace, names, `in ${timeoutMs} ms`);
  } finally {
    over.abort();
  }
}

/** The controller has seen the latest spec, so the revision it names is the latest. */
const isObserved = ({ metadata, status }: KubernetesObject): boolean =>
  (status?.observedGeneration ?? 0) >= metadata.generation;

/** The `pod-template-hash` of each Deployment's newest ReplicaSet. */
async function newestHashes(kube: Watching, namespace: string, deployments: readonly KubernetesObject[]) {
  const sets = await kube.list({ apiVersion: 'apps/v1', kind: 'ReplicaSet' }, { namespace });
  const revisions = new Map(deployments.map((one) => [one.metadata.uid, revisionOf(one)]));
  return new Set(
    sets
      .filter((set) => revisions.get(set.metadata.ownerReferences?.[0]?.uid) === revisionOf(set))
      .map((set) => set.metadata.labels?.['pod-template-hash']),
  );
}

/** `done`, `overdue` by the Deployment's own deadline, or why it makes no pods (quota, admission); `undefined` while it goes on. */
function deploymentsOutcome(deployments: readonly KubernetesObject[]): string | undefined {
  for (const { metadata, status } of deployments) {
    const conditions: readonly Condition[] = status?.conditions ?? [];
    const failure = conditions.find((one) => one.type === 'ReplicaFailure' && one.status === 'True');
    if (failure) return `Deployment ${metadata.namespace}/${metadata.name} cannot make its pods: ${failure.message}`;
    if (conditions.some((one) => one.type === 'Progressing' && one.reason === 'ProgressDeadlineExceeded'))
      return 'overdue';
  }
  return deployments.every(isRolledOut) ? 'done' : undefined;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

function isRolledOut(deployment: KubernetesObject): boolean {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = deployment.status ?? {};
  const wanted = deployment.spec.replicas;
  return isObserved(deployment) && updatedReplicas === wanted && replicas === wanted && availableReplicas === wanted;
}

/** Finds a pod that will not start: at once where the kubelet says so, else once the trouble has lasted `podStuckMs`. */
function stuckFinder() {
  const since = new Map<string, number>();
  const isStuck = (pod: KubernetesObject, trouble: PodTrouble): boolean => {
    if (trouble.final) return true;
    if (trouble.reason === 'NotReady') return false; // slow is not stuck: the time-out judges
    const key = `${pod.metadata.uid} ${trouble.reason}`;
    const first = since.get(key) ?? performance.now();
    since.set(key, first);
    return performance.now() - first >= timeouts.podStuckMs;
  };
  return (pods: readonly KubernetesObject[]): KubernetesObject | undefined =>
    pods.find((pod) => {
      const trouble = podTrouble(pod);
      return trouble !== undefined && isStuck(pod, trouble);
    });
}

async function cannotStart(kube: Watching, pod: KubernetesObject) {
  return environmentError('pod-cannot-start', await diagnose(kube, pod), {
    next: `kubectl -n ${pod.metadata.namespace} describe pod ${pod.metadata.name}`,
  });
}

/** The full diagnosis of one pod, with its events and log as they are now. */
export async function diagnose(kube: Pick<Kube, 'list' | 'logs'>, pod: KubernetesObject): Promise<string> {
  const { namespace = '', name, uid } = pod.metadata;
  const trouble = podTrouble(pod);
  const container = trouble?.container ?? pod.spec?.containers?.[0]?.name;
  const ran = trouble && /^(CrashLoopBackOff|RunContainerError|NotReady|Failed|Error)$/.test(trouble.reason);
  const log = (previous: boolean) =>
    kube.logs({ namespace, name, container }, { tailLines: 10, previous }).catch(() => '');
  const [events, logs] = await Promise.all([
    kube.list({ apiVersion: 'v1', kind: 'Event' }, { namespace }).catch(() => []),
    ran ? log(false).then(async (text) => (text.trim() === '' ? log(true) : text)) : '',
  ]);
  return explainPod(
    pod,
    events.filter((event) => event.involvedObject?.uid === uid),
    logs,
  );
}

async function tooLate(kube: Watching, namespace: string, names: readonly string[], bound: string) {
  const counts: string[] = [];
  const causes: string[] = [];
  for (const name of names) {
    const deployment = await kube.get({ ...deploymentKind, namespace, name });
    if (!deployment || isRolledOut(deployment)) continue;
    counts.push(
      `${name} has ${deployment.status?.availableReplicas ?? 0} of ${deployment.spec.replicas} pods available`,
    );
    const pods = await kube.list(podKind, { namespace, labels: deployment.spec.selector.matchLabels ?? {} });
    const unready = pods.filter((pod) => !isReady(pod) && !pod.metadata.deletionTimestamp);
    causes.push(...(await Promise.all(unready.map((pod) => diagnose(kube, pod)))));
  }
  const message = [`not rolled out ${bound}: ${counts.join('; ')}`, ...causes].join('\n');
  return environmentError('rollout-timeout', message, { next: `kubectl -n ${namespace} get pods,events` });
}

import { environmentError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { timeouts } from '../model/timeouts.ts';
import { explainPod, isReady, type PodTrouble, podTrouble } from './explain-pod.ts';
import type { Kube, WorkloadKind } from './kube.ts';

const podKind = { apiVersion: 'v1', kind: 'Pod' };
const revisionOf = (object: KubernetesObject) => object.metadata.annotations?.['deployment.kubernetes.io/revision'];

/** Workloads of one kind in one namespace. */
interface Workloads {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly names: readonly string[];
}

type Watching = Pick<Kube, 'get' | 'list' | 'logs'> & {
  waitFor<T>(
    kind: typeof podKind,
    namespace: string,
    seen: (objects: readonly KubernetesObject[]) => T | undefined,
    signal: AbortSignal,
  ): Promise<T>;
};

/**
 * Waits until the workloads are rolled out, or until a pod of theirs cannot start: that one is named with its reason, image or
 * exit code, last event and log. Old revisions' pods are not held against a Deployment; the other kinds a run makes once.
 */
export async function rollout(
  kube: Watching,
  workloads: Workloads,
  timeoutMs: number,
  stopped: AbortSignal,
): Promise<void> {
  const { kind, namespace, names } = workloads;
  const ofKind = { apiVersion: 'apps/v1', kind };
  for (const name of names) {
    if (!(await kube.get({ ...ofKind, namespace, name }))) {
      throw environmentError('object-missing', `there is no ${kind} ${namespace}/${name} to roll out`, {
        next: `kubectl -n ${namespace} get ${kind.toLowerCase()}s`,
      });
    }
  }
  const over = new AbortController();
  const late = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([stopped, late, over.signal]);
  const named = (all: readonly KubernetesObject[]) => all.filter(({ metadata }) => names.includes(metadata.name));
  try {
    const observed = await kube.waitFor(
      ofKind,
      namespace,
      (all) => (named(all).every(isObserved) ? named(all) : undefined),
      signal,
    );
    const owners = await ownersOfPods(kube, workloads, observed);
    const isTheirs = (pod: KubernetesObject) => owners.has(pod.metadata.ownerReferences?.[0]?.uid ?? '');
    const stuck = stuckFinder();
    const outcome = await Promise.race([
      kube.waitFor(ofKind, namespace, (all) => outcomeOf(named(all)), signal),
      kube.waitFor(podKind, namespace, (pods) => stuck(pods.filter(isTheirs)), signal),
    ]);
    if (outcome === 'done') return;
    if (outcome === 'overdue') throw await tooLate(kube, workloads, 'within progressDeadlineSeconds');
    if (typeof outcome === 'string') throw environmentError('rollout-failed', outcome);
    throw await cannotStart(kube, outcome);
  } catch (thrown) {
    if (!late.aborted || stopped.aborted) throw thrown;
    throw await tooLate(kube, workloads, `in ${timeoutMs} ms`);
  } finally {
    over.abort();
  }
}

/** The controller has seen the latest spec, so the revision it names is the latest. */
const isObserved = ({ metadata, status }: KubernetesObject): boolean =>
  (status?.observedGeneration ?? 0) >= metadata.generation;

/** Who makes their pods: each Deployment's newest ReplicaSet, or the workloads themselves. */
async function ownersOfPods(kube: Watching, { kind, namespace }: Workloads, all: readonly KubernetesObject[]) {
  if (kind !== 'Deployment') return new Set(all.map(({ metadata }) => metadata.uid));
  const sets = await kube.list({ apiVersion: 'apps/v1', kind: 'ReplicaSet' }, { namespace });
  const revisions = new Map(all.map((one) => [one.metadata.uid, revisionOf(one)]));
  const newest = sets.filter((set) => revisions.get(set.metadata.ownerReferences?.[0]?.uid) === revisionOf(set));
  return new Set(newest.map(({ metadata }) => metadata.uid));
}

/** `done`, `overdue` by the Deployment's own deadline, or why it makes no pods (quota, admission); `undefined` while it goes on. */
function outcomeOf(workloads: readonly KubernetesObject[]): string | undefined {
  for (const { metadata, status } of workloads) {
    const conditions: readonly Condition[] = status?.conditions ?? [];
    const failure = conditions.find((one) => one.type === 'ReplicaFailure' && one.status === 'True');
    if (failure) return `Deployment ${metadata.namespace}/${metadata.name} cannot make its pods: ${failure.message}`;
    if (conditions.some((one) => one.type === 'Progressing' && one.reason === 'ProgressDeadlineExceeded'))
      return 'overdue';
  }
  return workloads.every(isRolledOut) ? 'done' : undefined;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

function isRolledOut(workload: KubernetesObject): boolean {
  const { wanted, all, updated, available } = countsOf(workload);
  return isObserved(workload) && updated === wanted && all === wanted && available === wanted;
}

/** How many pods it is to have, has, has of the newest revision, and has available. */
function countsOf({ kind, spec, status = {} }: KubernetesObject) {
  if (kind === 'DaemonSet') {
    const { desiredNumberScheduled: wanted = 0, currentNumberScheduled: all = 0 } = status;
    return { wanted, all, updated: status.updatedNumberScheduled ?? 0, available: status.numberAvailable ?? 0 };
  }
  const { replicas: all = 0, updatedReplicas: updated = 0, availableReplicas: available = 0 } = status;
  return { wanted: spec.replicas ?? 1, all, updated, available };
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

async function tooLate(kube: Watching, { kind, namespace, names }: Workloads, bound: string) {
  const counts: string[] = [];
  const causes: string[] = [];
  for (const name of names) {
    const workload = await kube.get({ apiVersion: 'apps/v1', kind, namespace, name });
    if (!workload || isRolledOut(workload)) continue;
    const { wanted, available } = countsOf(workload);
    counts.push(`${name} has ${available} of ${wanted} pods available`);
    const pods = await kube.list(podKind, { namespace, labels: workload.spec.selector.matchLabels ?? {} });
    const unready = pods.filter((pod) => !isReady(pod) && !pod.metadata.deletionTimestamp);
    causes.push(...(await Promise.all(unready.map((pod) => diagnose(kube, pod)))));
  }
  const message = [`not rolled out ${bound}: ${counts.join('; ')}`, ...causes].join('\n');
  return environmentError('rollout-timeout', message, { next: `kubectl -n ${namespace} get pods,events` });
}

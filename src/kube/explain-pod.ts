import type { KubernetesObject } from '../model/kubernetes.ts';

/** Why a pod does not serve, in words for a person. */
export interface PodTrouble {
  /** The API's own word for it: `ImagePullBackOff`, `CrashLoopBackOff`, `Unschedulable`, `NotReady`, … */
  readonly reason: string;
  /** The container it happens to, where it is one container's. */
  readonly container?: string;
  /** Waiting longer will not help, as far as the kubelet knows. */
  readonly final: boolean;
}

/** Reasons with which the kubelet says that it has given up, or goes on only to try the same again. */
const finalReasons = new Set([
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CrashLoopBackOff',
  'CreateContainerError',
  'RunContainerError',
]);

/** What keeps a pod from being Ready, or `undefined` for one that is Ready or on its way out. */
export function podTrouble(pod: KubernetesObject): PodTrouble | undefined {
  const status = pod.status ?? {};
  if (pod.metadata.deletionTimestamp || status.phase === 'Succeeded' || isReady(pod)) return undefined;
  if (status.phase === 'Failed') return { reason: status.reason ?? 'Failed', final: true };
  for (const container of containersOf(pod)) {
    const reason = container.state?.waiting?.reason;
    if (reason && reason !== 'ContainerCreating' && reason !== 'PodInitializing') {
      return { reason, container: container.name, final: finalReasons.has(reason) };
    }
  }
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False') return { reason: scheduled.reason ?? 'Unschedulable', final: false };
  return { reason: 'NotReady', final: false };
}

/** A pod's Ready condition. */
export const isReady = (pod: KubernetesObject): boolean => conditionOf(pod, 'Ready')?.status === 'True';

/**
 * Why a pod does not serve, in one paragraph: the pod, the reason by name, the image or exit code, the last event that bears on it,
 * and the container's last log lines. `events` are the pod's own, in any order; `logs` the text of the container in trouble.
 */
export function explainPod(pod: KubernetesObject, events: readonly KubernetesObject[], logs = ''): string {
  const trouble = podTrouble(pod);
  const name = `pod ${pod.metadata.namespace}/${pod.metadata.name}`;
  if (!trouble) return `${name} is Ready`;
  const container = containersOf(pod).find((one) => one.name === trouble.container);
  const spec = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
  const image = spec.find((one) => one.name === trouble.container)?.image;
  const waiting = container?.state?.waiting?.message;
  const ended = container?.lastState?.terminated ?? container?.state?.terminated;
  const event = lastEvent(events, trouble.reason);
  const tail = logs.trimEnd();

  return [
    `${name}: ${trouble.reason}`,
    trouble.container === undefined ? '' : ` in container ${trouble.container}`,
    image === undefined ? '' : `, image ${image}`,
    ended && /^(CrashLoopBackOff|RunContainerError)$/.test(trouble.reason) ? `, ${endOf(ended)}` : '',
    waiting && waiting !== ended?.message ? `: ${waiting}` : '',
    trouble.reason === 'Unschedulable' ? `: ${conditionOf(pod, 'PodScheduled')?.message ?? ''}` : '',
    trouble.reason === 'NotReady' ? notReady(pod) : '',
    status(pod, trouble),
    event ? `\n  last event: ${event.reason}: ${event.message}` : '',
    tail === '' ? '' : `\n  last lines of its log:\n${tail.replace(/^/gm, '    ')}`,
  ].join('');
}

const status = (pod: KubernetesObject, trouble: PodTrouble): string =>
  trouble.container === undefined && pod.status?.message ? `: ${pod.status.message}` : '';

function notReady(pod: KubernetesObject): string {
  const waiting = containersOf(pod).filter((one) => !one.ready && one.state?.running);
  const names = waiting.map((one) => one.name).join(', ');
  return names === '' ? ` (phase ${pod.status?.phase ?? 'unknown'})` : `: running but never ready: container ${names}`;
}

function endOf(ended: { exitCode?: number; signal?: number; reason?: string; message?: string }): string {
  const how = ended.signal ? `signal ${ended.signal}` : `exit code ${ended.exitCode}`;
  const why = ended.reason && ended.reason !== 'Error' ? ` (${ended.reason})` : '';
  return `${how}${why}${ended.message ? `: ${ended.message.trim()}` : ''}`;
}

/** Which events bear on which trouble; any warning on the others. */
const eventsOf: Readonly<Record<string, RegExp>> = {
  ImagePullBackOff: /^Failed$/,
  ErrImagePull: /^Failed$/,
  InvalidImageName: /^(InspectFailed|Failed)$/,
  CrashLoopBackOff: /^(BackOff|Unhealthy|Failed)$/,
  Unschedulable: /^FailedScheduling$/,
};

/** The newest event that bears on the trouble. A failed pull's own message wins over `Error: ImagePullBackOff`. */
function lastEvent(events: readonly KubernetesObject[], reason: string): KubernetesObject | undefined {
  const wanted = eventsOf[reason];
  const bearing = events
    .filter((event) => (wanted ? wanted.test(event.reason) : event.type === 'Warning'))
    .sort((a, b) => timeOf(b) - timeOf(a));
  return bearing.find((event) => !/^Error: /.test(event.message ?? '')) ?? bearing[0];
}

const timeOf = (event: KubernetesObject): number =>
  Date.parse(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp) || 0;

// biome-ignore lint/suspicious/noExplicitAny: statuses as the API gives them
function containersOf(pod: KubernetesObject): any[] {
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
}

// biome-ignore lint/suspicious/noExplicitAny: a condition as the API gives it
const conditionOf = (object: KubernetesObject, type: string): any =>
  object.status?.conditions?.find((one: { type: string }) => one.type === type);

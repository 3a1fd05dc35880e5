import type { Kube } from '../../kube/kube.ts';
import type { BenchmarkSide } from '../../model/benchmark.ts';
import { type Cluster, type PodRef, type ProcessUse, together } from '../../model/cluster.ts';
import { environmentError } from '../../model/errors.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import type { Entry } from './order.ts';

/** What gets load in its turn: a controller, or the back-ends themselves. */
export interface Side {
  readonly side: BenchmarkSide;
  readonly title: string;
  readonly entry: Entry;
  /** Absent of the back-ends. */
  readonly ingressClass?: string;
  /** Empty where nobody knows them. */
  readonly pods: readonly LoadedPod[];
}

/** A pod with the address that other pods reach it at. */
export interface LoadedPod extends PodRef {
  readonly address: string;
}

/** The running pods of a namespace with these labels. */
export async function podsOf(
  kube: Kube,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Promise<readonly LoadedPod[]> {
  const pods = await kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace, labels });
  return pods
    .filter(({ metadata, status }) => metadata.deletionTimestamp === undefined && status?.phase === 'Running')
    .map(({ metadata, spec, status }) => ({
      namespace,
      name: metadata.name,
      uid: metadata.uid,
      node: spec.nodeName,
      address: status.podIP,
      containers: spec.containers.map(({ name }: { name: string }) => name),
    }));
}

/**
 * The way in through a Service's NodePorts, at the node that runs the first of its pods, so that no other node lies between. The same road for all
 * sides: node address, kube-proxy, pod.
 */
export function nodePortEntry(cluster: Cluster, service: KubernetesObject, pods: readonly PodRef[]): Entry {
  const portOf = (wanted: number): number | undefined =>
    service.spec.ports.find(({ port }: { port: number }) => port === wanted)?.nodePort;
  const http = portOf(80);
  const node = cluster.nodes.find(({ name }) => name === pods[0]?.node) ?? cluster.nodes[0];
  const address = cluster.entrance?.host ?? node?.address;
  if (http === undefined || address === undefined)
    throw environmentError(
      'no-way-in',
      `Service ${service.metadata.name} has no NodePort for port 80 that is within reach`,
      {
        next: 'a benchmark needs a controller with a NodePort Service, and a node that answers from here',
      },
    );
  return { address, http, https: portOf(443) };
}

/** The Service of a namespace with a NodePort for port 80. */
export async function frontOf(kube: Kube, namespace: string): Promise<KubernetesObject> {
  const services = await kube.list({ apiVersion: 'v1', kind: 'Service' }, { namespace });
  const front = services.find(({ spec }) =>
    spec.ports?.some(
      ({ port, nodePort }: { port: number; nodePort?: number }) => port === 80 && nodePort !== undefined,
    ),
  );
  if (front !== undefined) return front;
  throw environmentError('no-way-in', `no Service of namespace ${namespace} has a NodePort for port 80`, {
    next: 'a benchmark reaches a controller by its NodePort, so that the way there is the same for all',
  });
}

/** What these pods use together; nothing where the cluster cannot tell or nobody knows the pods. */
export function usageOf(cluster: Cluster, pods: readonly PodRef[]): (() => Promise<ProcessUse>) | undefined {
  const { usage } = cluster;
  if (usage === undefined || pods.length === 0) return undefined;
  return async () => together(await usage(pods));
}

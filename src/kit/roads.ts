import { isReady, podTrouble } from '../kube/explain-pod.ts';
import type { Kube } from '../kube/kube.ts';
import { diagnose } from '../kube/rollout.ts';
import type { Cluster, Place } from '../model/cluster.ts';
import type { Controller } from '../model/controller.ts';
import { environmentError, usageError } from '../model/errors.ts';
import type { Road } from './expectation.ts';
import { frontService } from './front-service.ts';
import type { ControllerUnderTest } from './kit.ts';

/** Where a request is sent, and from where. */
export interface Route {
  readonly place: Place;
  readonly address: string;
  readonly port: number;
}

interface RoadMap {
  readonly cluster: Pick<Cluster, 'nodes' | 'entrance'>;
  readonly kube: Kube;
  readonly controller: Pick<ControllerUnderTest, 'pods' | 'definition' | 'front'>;
  readonly namespace: string;
  readonly netTest: Place;
}

/** Finds out where a request by this road is sent now. */
export async function routeOf(road: Road, map: RoadMap): Promise<Route> {
  const { front } = map.controller;
  if (road === 'controller') {
    if (front) return { place: map.netTest, ...front.inside };
    const [pod] = await map.controller.pods();
    if (!pod) throw environmentError('controller-not-ready', `no pod of ${map.controller.definition.title} is Ready`);
    return { place: map.netTest, address: pod.address, port: map.controller.definition.ports.http };
  }
  if (road === 'nodePort') {
    if (front) return { place: { kind: 'external' }, ...front.outside };
    return nodePortRoute(map, frontService.http);
  }
  if ('externalIP' in road) return { place: { kind: 'external' }, address: road.externalIP, port: road.port };
  if ('nodePort' in road) return nodePortRoute(map, road.nodePort, road.node);
  return { place: map.netTest, ...(await serviceTarget(map, road)) };
}

/** To that node; without one, to wherever the caller says that the cluster is entered, or to the first. */
function nodePortRoute({ cluster }: RoadMap, port: number, named?: number): Route {
  if (named === undefined && cluster.entrance) {
    return { place: { kind: 'external' }, address: cluster.entrance.host, port };
  }
  const index = named ?? 0;
  const node = cluster.nodes[index];
  if (!node) {
    const message = `node ${index} was asked for, but the cluster has ${cluster.nodes.length}`;
    throw usageError('no-such-node', message, { next: 'let the check need the capability multiNode' });
  }
  return { place: { kind: 'external' }, address: node.address, port };
}

async function serviceTarget({ kube, namespace }: RoadMap, road: Extract<Road, { readonly service: string }>) {
  const service = await kube.get({ apiVersion: 'v1', kind: 'Service', namespace, name: road.service });
  const port = service?.spec.ports?.[0]?.port;
  if (!service || port === undefined) {
    throw environmentError('object-missing', `there is no Service ${namespace}/${road.service} with a port`, {
      next: `kubectl -n ${namespace} get services`,
    });
  }
  const name = `${road.service}.${namespace}.svc.cluster.local`;
  return { address: road.by === 'name' ? name : (service.spec.clusterIP as string), port: port as number };
}

/** The controller's Ready pods. Where there is none, an error that says why, as far as the pods tell. */
export async function readyPods(
  kube: Kube,
  definition: Controller,
  namespace: string,
): Promise<readonly { readonly name: string; readonly address: string; readonly node: string }[]> {
  const pods = await kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace, labels: definition.podLabels });
  const ready = pods.filter((pod) => isReady(pod) && !pod.metadata.deletionTimestamp);
  if (ready.length > 0) {
    return ready.map(({ metadata, status, spec }) => ({
      name: metadata.name,
      address: status.podIP,
      node: spec.nodeName,
    }));
  }
  const troubled = pods.filter((pod) => podTrouble(pod) !== undefined);
  const causes = await Promise.all(troubled.map((pod) => diagnose(kube, pod)));
  throw environmentError(
    'controller-not-ready',
    [`no pod of ${definition.title} is Ready in ${namespace}`, ...causes].join('\n'),
    { next: `kubectl -n ${namespace} get pods,events` },
  );
}

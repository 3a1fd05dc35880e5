import { type KubernetesObject, ownedLabel } from '../../src/model/kubernetes.ts';
import type { DistributedPlace, LoadOrder } from '../../src/model/load.ts';
import { orderForScript } from './order-for-script.ts';

/** What the pods find beside one another in `/test`. */
export const scriptFiles = ['script.ts', 'script-order.ts', 'latency-bucket.ts'] as const;
export type ScriptSources = Readonly<Record<(typeof scriptFiles)[number], string>>;

/** The version of k6 that the pods run. */
export const podVersion = '1.8.1';

/**
 * A ConfigMap with script and order, and the TestRun of k6-operator (its v1alpha1) that has so many pods share the order. Nothing is
 * cleaned up by the operator: what the pods log is the result.
 */
export function testRun(
  order: LoadOrder,
  sources: ScriptSources,
  { namespace, name, pods, image = `grafana/k6:${podVersion}` }: DistributedPlace,
): readonly KubernetesObject[] {
  const labels = { [ownedLabel]: 'true' };
  const metadata = { name, namespace, labels };
  const pod = { image, metadata: { labels } };
  // Not as arguments: the operator would hand those to `k6 archive` as well, which does not know all of them.
  const env = [
    { name: 'K6_NO_USAGE_REPORT', value: 'true' },
    ...(order.protocol === 'h2' ? [] : [{ name: 'GODEBUG', value: 'http2client=0' }]),
  ];
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { ...sources, 'order.json': JSON.stringify(orderForScript(order, 'summary')) },
    },
    {
      apiVersion: 'k6.io/v1alpha1',
      kind: 'TestRun',
      metadata,
      spec: {
        parallelism: pods,
        // One to a node: they are to be more than one machine.
        separate: true,
        script: { configMap: { name, file: 'script.ts' } },
        initializer: pod,
        starter: { metadata: { labels } },
        runner: { ...pod, env },
      },
    },
  ];
}

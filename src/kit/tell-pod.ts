import { environmentError } from '../model/errors.ts';
import { curlOf } from './curl.ts';
import type { Kit } from './kit.ts';

/** Tells the one pod of these labels what to do (an `X-Echo` directive of the back-ends), past the controller. */
export async function tellPod(kit: Kit, labels: Readonly<Record<string, string>>, directive: string): Promise<void> {
  const [pod] = await kit.kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace: kit.namespace, labels });
  const address = pod?.status.podIP;
  const port = pod?.spec.containers[0]?.ports[0]?.containerPort;
  if (address === undefined || port === undefined) {
    throw environmentError('object-missing', `there is no pod of ${JSON.stringify(labels)} to be told ${directive}`, {
      next: `kubectl -n ${kit.namespace} get pods --show-labels`,
    });
  }
  const { place } = await kit.resolve('controller');
  const record = await kit.probe(place, { address, port, headers: [['X-Echo', directive]] });
  if (record.outcome.kind === 'answered' && record.outcome.status === 200) return;
  const said = record.outcome.kind === 'answered' ? `status ${record.outcome.status}` : record.outcome.message;
  throw environmentError('backend-broken', `the pod ${pod?.metadata.name} does not take ${directive}: ${said}`, {
    next: curlOf(record),
  });
}

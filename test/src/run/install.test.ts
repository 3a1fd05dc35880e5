import { expect } from 'chai';
import traefik from '../../../controllers/traefik.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { installController } from '../../../src/run/install.ts';
import type { Rendered } from '../../../src/run/render-chart.ts';
import { type ApiServer, apiServer } from '../kube/api-server.ts';
import { pod, writeStatus } from '../kube/objects.ts';

const namespace = 'install-test';

describe('a controller that comes in steps', function () {
  this.timeout(0); // the first run may have to build the API server
  let api: ApiServer;
  before(async () => {
    api = await apiServer();
    await api.kube.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  });

  it('gets each once the one before is ready', async () => {
    const first = pod(namespace, 'first', {});
    const second: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'second' } };
    const isThere = async ({ apiVersion, kind, metadata: { name } }: KubernetesObject) =>
      (await api.kube.get({ apiVersion, kind, name, namespace })) !== undefined;
    const controller: Rendered = { ...traefik, steps: async () => [[first], [second]] };
    const installed = installController(api.kube, controller, { namespace, ingressClass: 'some-class' });
    await api.kube.waitFor(
      { apiVersion: 'v1', kind: 'Pod' },
      { namespace, name: 'first' },
      ([found]) => found,
      'the first step',
    );
    expect(await isThere(second)).to.equal(false);
    await writeStatus(api, first, { conditions: [{ type: 'Ready', status: 'True' }] });
    await installed;
    expect(await isThere(second)).to.equal(true);
  });
});

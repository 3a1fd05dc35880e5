import { expect } from 'chai';
import { createApiClient } from '../../../src/kube/api-client.ts';
import { createKube } from '../../../src/kube/create-kube.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { assertPermitted } from '../../../src/run/permissions.ts';
import { errorOf } from '../error-of.ts';
import { type ApiServer, apiServer } from '../kube/api-server.ts';

const rbac = 'rbac.authorization.k8s.io/v1';
const namespace = 'permissions-test';
const role = { apiVersion: rbac, kind: 'ClusterRole', metadata: { name: 'some-controller' } };

describe('the permissions of a run', function () {
  this.timeout(0); // the first run may have to build the API server
  let api: ApiServer;

  before(async () => {
    api = await apiServer();
    await api.kube.apply([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'narrow', namespace } },
      {
        apiVersion: rbac,
        kind: 'ClusterRole',
        metadata: { name: 'narrow' },
        rules: [
          {
            apiGroups: ['', 'apps', 'discovery.k8s.io', 'networking.k8s.io'],
            resources: ['*'],
            verbs: ['get', 'list'],
          },
          { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
          { apiGroups: ['apps'], resources: ['*'], verbs: ['*'] },
        ],
      },
      {
        apiVersion: rbac,
        kind: 'ClusterRoleBinding',
        metadata: { name: 'narrow' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'narrow' },
        subjects: [{ kind: 'ServiceAccount', name: 'narrow', namespace }],
      },
    ]);
  });
  after(() =>
    api.kube.remove([
      { apiVersion: rbac, kind: 'ClusterRole', name: 'narrow' },
      { apiVersion: rbac, kind: 'ClusterRoleBinding', name: 'narrow' },
      { apiVersion: 'v1', kind: 'Namespace', name: namespace },
    ]),
  );

  /** The API as that ServiceAccount has it. */
  async function narrow() {
    const token = await createApiClient(api.kubeconfig).text({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/narrow/token`,
      what: 'ask for a token',
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    });
    const config = JSON.parse(api.kubeconfig);
    config.users = [{ name: 'test', user: { token: JSON.parse(token ?? '{}').status.token } }];
    return createKube(JSON.stringify(config));
  }

  it('that are missing are told at once and all, a line for each resource', async () => {
    const error = await errorOf(assertPermitted(await narrow(), [role], 'ingress-assay'));
    expect(error).to.include({ code: 'permission-missing', exitCode: exitCodes.environment });
    expect(error.message.split('\n').slice(1)).to.have.members([
      '  watch, create, patch, delete namespaces',
      '  watch, create, patch, delete pods',
      '  create pods/exec',
      '  watch, create, patch, delete configmaps',
      '  watch, create, patch, delete services',
      '  watch, create, patch endpointslices.discovery.k8s.io',
      '  watch, create, patch, delete ingresses.networking.k8s.io',
      '  patch ingresses.networking.k8s.io/status',
      '  watch, create, patch, delete ingressclasses.networking.k8s.io',
      '  get, list, watch, create, patch, delete clusterroles.rbac.authorization.k8s.io',
    ]);
  });

  const unknown = { apiVersion: 'example.org/v1', kind: 'Unheard', metadata: { name: 'of' } };

  it('are not asked for what no manifest of the run has, nor for kinds that the cluster does not know yet', async () => {
    const error = await errorOf(assertPermitted(await narrow(), [unknown], 'ingress-assay'));
    expect(error.message)
      .to.match(/pods/)
      .and.not.match(/clusterroles|unheard/i);
  });

  it('are all there for an administrator', async () => {
    await assertPermitted(api.kube, [role, unknown], 'ingress-assay');
  });
});

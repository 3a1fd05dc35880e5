import { defineController, frontServiceManifest } from 'ingress-assay';

const podLabels = { app: 'my-controller' };
const ports = { http: 80, https: 443, status: 80 };

export default defineController({
  name: 'my-controller',
  title: 'My controller',
  version: '0.1.0',
  homepage: 'https://example.com/my-controller',
  images: ['my/controller:dev'],
  ingressClass: 'mine',
  podLabels,
  ports,
  async manifests({ namespace, ingressClass }) {
    return [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'my-controller' } },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'my-controller' },
        rules: [
          { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['list'] },
          { apiGroups: [''], resources: ['services'], verbs: ['list'] },
        ],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'my-controller' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'my-controller' },
        subjects: [{ kind: 'ServiceAccount', name: 'my-controller', namespace }],
      },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        metadata: { name: ingressClass },
        spec: { controller: 'example.com/my-controller' },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'my-controller' },
        spec: {
          selector: { matchLabels: podLabels },
          template: {
            metadata: { labels: podLabels },
            spec: {
              serviceAccountName: 'my-controller',
              containers: [
                {
                  name: 'controller',
                  image: 'my/controller:dev',
                  env: [
                    { name: 'INGRESS_CLASS', value: ingressClass },
                    // The authority of the cluster, for Node.js.
                    {
                      name: 'NODE_EXTRA_CA_CERTS',
                      value: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
                    },
                  ],
                  readinessProbe: { httpGet: { path: '/ready', port: ports.http }, periodSeconds: 1 },
                },
              ],
            },
          },
        },
      },
      frontServiceManifest({ podLabels, ports }),
    ];
  },
  knownDeviations: [],
});

import { defineCheck } from '../../src/kit/check.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';

const name = 'nginx-ingress-external';

export default defineCheck({
  id: 'tutorial/external-ips',
  title: 'externalIPs instead of a NodePort: the URLs on their normal port',
  level: 'convention',
  requirement: serviceDocs(
    'concepts/services-networking/service/#external-ips',
    'When network traffic arrives into the cluster, with the external IP (as destination IP) and the port matching that Service, rules and routes that Kubernetes has configured ensure that the traffic is routed to one of the endpoints for that Service.',
  ),
  features: ['installed'],
  capabilities: ['externalIPs'],
  after: 'ingress',
  async run(kit) {
    const { podLabels, ports } = kit.controller.definition;
    const externalIPs = kit.cluster.nodes.map((node) => node.address);
    const metadata = { name, namespace: kit.namespace };
    const service = { apiVersion: 'v1', kind: 'Service', metadata };
    await kit.kube.apply([
      { ...service, spec: { selector: podLabels, externalIPs, ports: [{ port: 80, targetPort: ports.http }] } },
    ]);
    try {
      await kit.converge(
        externalIPs.flatMap((externalIP) => [
          { via: { externalIP, port: 80 }, host: 'website8080.com', servedBy: 'deploy-test-1' },
          { via: { externalIP, port: 80 }, host: 'website9090.com', servedBy: 'deploy-test-2' },
        ]),
      );
    } finally {
      await kit.kube.remove([{ apiVersion: 'v1', kind: 'Service', ...metadata }]);
    }
  },
});
